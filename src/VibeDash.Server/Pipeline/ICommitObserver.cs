using VibeDash.Core.Trends;

namespace VibeDash.Server.Pipeline;

/// <summary>Observes the commits of the event loop. Called only by the event loop; must not block or throw.</summary>
internal interface ICommitObserver
{
    /// <summary>The state was loaded from the database, at start-up or after a failed transaction.</summary>
    /// <param name="state">The state; copy anything you keep.</param>
    /// <param name="sparklines">The sparkline of each sensor.</param>
    void Reset(PipelineState state, IReadOnlyDictionary<string, Sparkline> sparklines);

    /// <summary>A transaction is on disk.</summary>
    /// <param name="changes">Its changes; copy anything you keep.</param>
    void Apply(ChangeSet changes);
}
