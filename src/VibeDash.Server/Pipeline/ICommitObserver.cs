using VibeDash.Core.Trends;

namespace VibeDash.Server.Pipeline;

/// <summary>Follows the commits of the event loop. Called by the event loop only; must not block or throw.</summary>
internal interface ICommitObserver
{
    /// <summary>The state was loaded from the database: at the start, and after a failed transaction.</summary>
    /// <param name="state">The state; copy anything kept.</param>
    /// <param name="sparklines">The sparkline of each sensor.</param>
    void Reset(PipelineState state, IReadOnlyDictionary<string, Sparkline> sparklines);

    /// <summary>A transaction is on disk.</summary>
    /// <param name="changes">Its changes; copy anything kept.</param>
    void Apply(ChangeSet changes);
}
