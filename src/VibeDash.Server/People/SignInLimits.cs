using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace VibeDash.Server.People;

/// <summary>
/// Bounds of attempts to sign in: 10 at once and one each 6 seconds from an address, and two at a time of all, since each costs a hash. The names are
/// guarded by the lock-out after wrong passwords.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _addresses = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
        Network(context.Connection.RemoteIpAddress),
        _ => new() { TokenLimit = 10, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(6), QueueLimit = 0 }));

    private readonly ConcurrencyLimiter _hashes = new(new() { PermitLimit = 2, QueueLimit = 20 });

    /// <summary>The address; of IPv6 the network, since one machine has very many addresses.</summary>
    public static string Network(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
        ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
        : address?.MapToIPv4().ToString() ?? "";

    /// <summary>Counts an attempt that costs no hash; false when there are too many.</summary>
    public bool TryCount(HttpContext context)
    {
        using var address = _addresses.AttemptAcquire(context);
        return address.IsAcquired;
    }

    /// <summary>Waits for a turn, to be disposed after the attempt; null when there are too many.</summary>
    public async Task<IDisposable?> TakeAsync(HttpContext context)
    {
        if (!TryCount(context))
            return null;
        var turn = await _hashes.AcquireAsync(1, context.RequestAborted);
        if (turn.IsAcquired)
            return turn;
        turn.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _addresses.Dispose();
        _hashes.Dispose();
    }
}
