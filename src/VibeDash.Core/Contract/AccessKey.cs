using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>A key of a program, without its secret.</summary>
/// <param name="Id">First part of the key; also the user name of an MQTT client.</param>
/// <param name="Name">What it is for; the name on record.</param>
/// <param name="Permissions">What it may do over HTTP and the hub.</param>
public sealed record AccessKey(string Id, string Name, Permission[] Permissions)
{
    /// <summary>Topic filter in which it may publish over MQTT; null when it may not.</summary>
    public string? PublishFilter { get; init; }

    /// <summary>Topic filter that it may subscribe to over MQTT; null when it may not.</summary>
    public string? SubscribeFilter { get; init; }

    /// <summary>The places to which it is limited over HTTP and the hub; null for everywhere: <see cref="PlaceLimit"/>.</summary>
    public string[]? Places { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Refused from then on; null without an end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Last use, to the minute; null when it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Revoked since then; null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
