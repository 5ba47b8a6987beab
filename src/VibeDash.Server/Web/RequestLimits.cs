using System.Globalization;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using VibeDash.Core.Contract;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Web;

/// <summary>How many requests, hub connections and event streams one requester may have: a person or key that is signed in, otherwise an address.</summary>
internal static class RequestLimits
{
    /// <summary>Open event streams of one requester: a fifth of all, so that nobody takes them alone.</summary>
    public const int StreamsEach = 20;

    private const int SecondsAtOnce = 10;
    private const int RetrySeconds = 10;
    private const string StreamPath = "/api/v1/live";

    /// <summary>Sets the limits, and the answer of who exceeds one.</summary>
    public static void Set(RateLimiterOptions limiter, WebOptions options)
    {
        var requests = PartitionedRateLimiter.Create<HttpContext, Requester>(context => RateLimitPartition.GetTokenBucketLimiter(Requester.Of(context), _ => new()
        {
            TokenLimit = options.RequestsPerSecond * SecondsAtOnce,
            TokensPerPeriod = options.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

        // A connection is a request that lasts: it holds its permit until it ends. Streams are bounded all together, too, where they are opened.
        var each = LastingOfEach(IsHub, options.HubConnectionsEach);
        var streams = LastingOfEach(IsStream, StreamsEach);
        var all = PartitionedRateLimiter.Create<HttpContext, bool>(context => IsHub(context)
            ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new() { PermitLimit = options.HubConnections })
            : RateLimitPartition.GetNoLimiter(false));

        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(requests, streams, each, all);
        limiter.OnRejected = (rejected, _) =>
        {
            var (refusal, seconds) = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                ? (Refusal.Of(RefusalCode.TooManyRequests, Seconds(wait)), Seconds(wait))
                : (Refusal.Of(RefusalCode.TooManyReaders, IsStream(rejected.HttpContext) ? StreamsEach : Math.Min(options.HubConnections, options.HubConnectionsEach)), RetrySeconds);
            rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return new(refusal.Problem().ExecuteAsync(rejected.HttpContext));
        };
    }

    private static int Seconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);

    private static PartitionedRateLimiter<HttpContext> LastingOfEach(Func<HttpContext, bool> which, int limit) =>
        PartitionedRateLimiter.Create<HttpContext, Requester>(context => which(context)
            ? RateLimitPartition.GetConcurrencyLimiter(Requester.Of(context), _ => new() { PermitLimit = limit })
            : RateLimitPartition.GetNoLimiter(default(Requester)));

    private static bool IsStream(HttpContext context) => context.Request.Path.StartsWithSegments(StreamPath, StringComparison.OrdinalIgnoreCase);

    private static bool IsHub(HttpContext context) => context.Request.Path.StartsWithSegments("/" + LiveHubMethods.Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Who asks: the id of the person, or the address; of IPv6 the network, since one machine has very many addresses.</summary>
    private readonly record struct Requester(string? Person, ulong Network, ulong Host)
    {
        public static Requester Of(HttpContext context)
        {
            if (context.User.Identity?.IsAuthenticated == true && context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } person)
                return new(person, 0, 0);
            if (context.Connection.RemoteIpAddress is not { } address)
                return default;
            Span<byte> bytes = stackalloc byte[16];
            (address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address).TryWriteBytes(bytes, out _);
            var (network, host) = (BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));

            // An address of IPv4 is in the second half; so is what tells neighbours on a link apart.
            return new(null, network, network == 0 || address.IsIPv6LinkLocal ? host : 0);
        }
    }
}
