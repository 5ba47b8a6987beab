using System.Threading.RateLimiting;

namespace VibeDash.Server.Export;

/// <summary>Limits concurrent exports: each keeps a core busy that live events need, too. Thread-safe.</summary>
internal sealed class ExportSlots : IDisposable
{
    /// <summary>Maximum concurrent exports.</summary>
    public const int Maximum = 4;

    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = Maximum, QueueLimit = 0, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>A slot to dispose after use; null when all are taken.</summary>
    public IDisposable? TryTake()
    {
        var lease = _limiter.AttemptAcquire();
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
