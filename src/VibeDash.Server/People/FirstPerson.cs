using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>
/// Whether there is a person yet, and until then the secret of the set-up link: new at each start, valid an hour and once. Thread-safe.
/// </summary>
internal sealed class FirstPerson(IDbContextFactory<PeopleContext> contexts, TimeProvider time)
{
    /// <summary>How long the set-up link is valid.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    // A program of its own may add the first person while this one runs: asked anew, but not at each request.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly string _secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    private readonly DateTimeOffset _until = time.GetUtcNow() + Validity;
    private readonly Lock _lock = new();
    private volatile bool _isThere;
    private long? _lookedAt;

    /// <summary>True once there is a person. Asks the database at most once a second until then, and never again.</summary>
    public bool IsThere => _isThere || Look();

    /// <summary>Path and query of the set-up link.</summary>
    public string Link => $"/set-up?secret={_secret}";

    /// <summary>True when the secret is that of this start and still valid. Compared in constant time.</summary>
    public bool IsValid(string? secret) =>
        !IsThere && time.GetUtcNow() < _until && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret ?? ""), Encoding.UTF8.GetBytes(_secret));

    private bool Look()
    {
        lock (_lock)
        {
            if (_isThere || (_lookedAt is { } at && time.GetElapsedTime(at) < BetweenLooks))
                return _isThere;
            using var context = contexts.CreateDbContext();
            _isThere = context.Users.Any();
            _lookedAt = time.GetTimestamp();
            return _isThere;
        }
    }

    /// <summary>Looks at once, after a person was added.</summary>
    public void LookAgain()
    {
        lock (_lock)
            _lookedAt = null;
    }
}
