using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;

namespace VibeDash.Server.People;

/// <summary>The displays that wait to be paired. In memory: after a restart a display shows another code. Thread-safe.</summary>
internal sealed class DisplayPairings(TimeProvider time)
{
    /// <summary>How long a code is valid.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    /// <summary>Maximum number of displays that wait.</summary>
    public const int Maximum = 200;

    /// <summary>Maximum number of those of one address.</summary>
    public const int MaximumOfAddress = 10;

    // Without letters and digits that are taken for each other from five metres away.
    private const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ346789";
    private const int CodeLength = 8;

    private readonly Lock _lock = new();
    private readonly List<DisplayPairing> _waiting = [];

    /// <summary>Begins a pairing; null when too many displays wait.</summary>
    public DisplayPairing? Begin(IPAddress? address)
    {
        var (requester, now) = (SignInLimits.Network(address), time.GetUtcNow());
        lock (_lock)
        {
            _waiting.RemoveAll(pairing => pairing.Until <= now);
            if (_waiting.Count >= Maximum || _waiting.Count(pairing => !pairing.IsClaimed && pairing.Requester == requester) >= MaximumOfAddress)
                return null;
            var pairing = new DisplayPairing(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), RandomNumberGenerator.GetString(Letters, CodeLength), requester, now + Validity);
            _waiting.Add(pairing);
            return pairing;
        }
    }

    /// <summary>The pairing of a browser; null when there is none, or its code is no longer valid.</summary>
    public DisplayPairing? OfBrowser(string? secret) => Find(pairing => CryptographicOperations.FixedTimeEquals(Bytes(pairing.Secret), Bytes(secret)));

    /// <summary>Takes the display that shows a code; null when there is none, or somebody has taken it. Case, spaces and hyphens do not matter.</summary>
    public DisplayPairing? Claim(string code)
    {
        var wanted = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        lock (_lock)
        {
            var found = Find(pairing => !pairing.IsClaimed && pairing.Code == wanted);
            found?.IsClaimed = true;
            return found;
        }
    }

    private DisplayPairing? Find(Predicate<DisplayPairing> which)
    {
        lock (_lock)
            return _waiting.Find(pairing => pairing.Until > time.GetUtcNow() && which(pairing));
    }

    private static byte[] Bytes(string? text) => System.Text.Encoding.UTF8.GetBytes(text ?? "");
}
