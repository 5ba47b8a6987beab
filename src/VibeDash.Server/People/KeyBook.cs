using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>The keys of programs, in memory and in the database. Thread-safe.</summary>
internal sealed class KeyBook(IDbContextFactory<PeopleContext> contexts, OpenConnections connections, TimeProvider time)
{
    /// <summary>How many keys there may be that are neither revoked nor expired.</summary>
    public const int Maximum = 1000;

    /// <summary>Beginning of the id of each key.</summary>
    public const string Prefix = "vd_";

    // The last use is for people who tidy up: a minute is exact enough, and a write for each request would be dear.
    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, AccessKeyRow> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <summary>Reads all keys.</summary>
    public void Load()
    {
        using var context = contexts.CreateDbContext();
        foreach (var key in context.Keys.AsNoTracking())
            _keys[key.Id] = key;
    }

    /// <summary>All keys, the newest first.</summary>
    public IReadOnlyList<AccessKeyRow> All() => [.. _keys.Values.OrderByDescending(key => key.CreatedAt)];

    /// <summary>Last use of a key, of this run of the server included.</summary>
    public DateTimeOffset? LastUsed(AccessKeyRow key) => _used.TryGetValue(key.Id, out var at) ? at : key.LastUsedAt;

    /// <summary>Adds a key.</summary>
    /// <returns>The whole key, which is not kept; null when there are <see cref="Maximum"/>.</returns>
    public async Task<(AccessKeyRow Key, string Secret)?> AddAsync(NewAccessKey wanted, string by, CancellationToken cancelled)
    {
        if (_keys.Keys.Count(IsValid) >= Maximum)
            return null;
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var key = new AccessKeyRow
        {
            Id = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)),
            Hash = HashOf(secret),
            Name = wanted.Name.Trim(),
            Permissions = wanted.AllPermissions(),
            PublishFilter = wanted.PublishFilter,
            SubscribeFilter = wanted.SubscribeFilter,
            Places = PlaceLimit.Of(wanted.Places)?.Text,
            CreatedBy = by,
            CreatedAt = UnixMicroseconds.Now(time),
            ExpiresAt = wanted.ExpiresAt is { } end ? UnixMicroseconds.Whole(end) : null,
        };
        await using var context = await contexts.CreateDbContextAsync(cancelled);
        context.Keys.Add(key);
        await context.SaveChangesAsync(cancelled);
        _keys[key.Id] = key;
        return (key, $"{key.Id}.{secret}");
    }

    /// <summary>Revokes a key for good and closes its open connections.</summary>
    /// <returns>The key; null when there is no such one.</returns>
    public async Task<AccessKeyRow?> RevokeAsync(string id)
    {
        if (!_keys.TryGetValue(id, out var key))
            return null;

        // Written at each call: one before may have failed after the key was refused already.
        key.RevokedAt ??= UnixMicroseconds.Now(time);
        connections.CloseOf(id);
        var at = key.RevokedAt;
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await context.Keys.Where(row => row.Id == id).ExecuteUpdateAsync(update => update.SetProperty(row => row.RevokedAt, at), CancellationToken.None);
        return key;
    }

    /// <summary>Finds the key that a program has sent, <c>id.secret</c>; null when there is none, or it is revoked or has expired.</summary>
    public AccessKeyRow? Find(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : Find(text[..dot], text[(dot + 1)..]);
    }

    /// <inheritdoc cref="Find(string)"/>
    public AccessKeyRow? Find(string id, string secret) =>
        _keys.TryGetValue(id, out var key) && CryptographicOperations.FixedTimeEquals(HashOf(secret), key.Hash) ? FindProven(id) : null;

    /// <summary>Finds the key of a program that has proven by other means than the secret that it is its own; null when there is none, or it is revoked or has expired.</summary>
    public AccessKeyRow? FindProven(string id)
    {
        if (!_keys.TryGetValue(id, out var key) || !IsValid(key))
            return null;
        var now = time.GetUtcNow();
        if (!_used.TryGetValue(id, out var last) || now - last >= UseGrain)
            _used[id] = now;
        return key;
    }

    /// <summary>True while there is a key that is neither revoked nor expired.</summary>
    public bool IsValid(string id) => _keys.TryGetValue(id, out var key) && IsValid(key);

    private bool IsValid(AccessKeyRow key) => key.RevokedAt is null && !(key.ExpiresAt <= time.GetUtcNow());

    /// <summary>Closes the connections of keys that have expired, and stores the last uses.</summary>
    public async Task TendAsync(CancellationToken cancelled)
    {
        foreach (var key in _keys.Values.Where(key => key.RevokedAt is null && !IsValid(key)))
            connections.CloseOf(key.Id);
        if (_used.IsEmpty)
            return;
        await using var context = await contexts.CreateDbContextAsync(cancelled);
        foreach (var (id, at) in _used)
        {
            if (_keys.TryGetValue(id, out var key) && key.LastUsedAt is { } stored && at - stored < UseGrain)
                continue;
            await context.Keys.Where(row => row.Id == id).ExecuteUpdateAsync(update => update.SetProperty(row => row.LastUsedAt, UnixMicroseconds.Whole(at)), cancelled);
            if (key is not null)
                key.LastUsedAt = at;
        }
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
