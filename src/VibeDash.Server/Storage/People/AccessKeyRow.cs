using VibeDash.Core.People;

namespace VibeDash.Server.Storage.People;

/// <summary>A key with which a program sends requests. The key itself is shown once and not stored.</summary>
internal sealed class AccessKeyRow
{
    /// <summary>First part of the key, which is no secret; also the user name of an MQTT client.</summary>
    public required string Id { get; set; }

    /// <summary>SHA-256 of the secret part. A secret of 256 random bits needs no slow hash.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>What the key is for; the name on record.</summary>
    public required string Name { get; set; }

    /// <summary>What it may do.</summary>
    public required Permission[] Permissions { get; set; }

    /// <summary>Topic filter in which it may publish over MQTT, with <c>+</c> and <c>#</c>; null when it may not.</summary>
    public string? PublishFilter { get; set; }

    /// <summary>Topic filter that it may subscribe to over MQTT; null when it may not.</summary>
    public string? SubscribeFilter { get; set; }

    /// <summary>The places to which it is limited over HTTP and the hub, one per line; null for everywhere: <see cref="PlaceLimit.Text"/>.</summary>
    public string? Places { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Refused from then on; null without an end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Last use, to the minute; null when it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Revoked since then; null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
