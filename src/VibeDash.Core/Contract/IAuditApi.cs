namespace VibeDash.Core.Contract;

/// <summary>The command record: who did what.</summary>
/// <remarks>Throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.</remarks>
public interface IAuditApi
{
    /// <summary>Entries that match, newest first, at most <see cref="CommandEntry.DefaultLimit"/>.</summary>
    /// <param name="filter">Selects entries.</param>
    /// <param name="before">Only entries before this position; null for all.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    Task<CommandEntry[]> GetCommandsAsync(CommandFilter filter, long? before = null, CancellationToken cancellationToken = default);
}
