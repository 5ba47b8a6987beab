using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>A key to be made.</summary>
/// <param name="Name">What it is for, 1 to <see cref="Actor.MaximumLength"/> characters.</param>
/// <param name="Permissions">What it may do over HTTP and the hub; may be empty for a key that is for MQTT only.</param>
public sealed record NewAccessKey(string Name, Permission[] Permissions)
{
    /// <inheritdoc cref="AccessKey.PublishFilter"/>
    public string? PublishFilter { get; init; }

    /// <inheritdoc cref="AccessKey.SubscribeFilter"/>
    public string? SubscribeFilter { get; init; }

    /// <inheritdoc cref="AccessKey.ExpiresAt"/>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The places to which it is limited over HTTP and the hub; null or empty for everywhere. Not with <see cref="Permission.Maintain"/>, which concerns the whole server.</summary>
    public string[]? Places { get; init; }

    /// <summary>The permissions with those that they need: who acts must see on what.</summary>
    public Permission[] AllPermissions() =>
        [.. (Permissions.Intersect([Permission.Act, Permission.Configure]).Any() ? Permissions.Append(Permission.View) : Permissions).Distinct().Order()];

    /// <summary>The first fault; null for none.</summary>
    public FieldFault? Fault() =>
        Actor.Of(Name) is null ? FieldFault.Of("name", FaultCode.ActorInvalid, Actor.MaximumLength)
        : Permissions is null || Permissions.Contains(Permission.Administer) ? new("permissions", FaultCode.NotOneOf, [.. Enum.GetNames<Permission>().Where(name => name != nameof(Permission.Administer))])
        : Permissions.Length == 0 && PublishFilter is null && SubscribeFilter is null ? FieldFault.Of("permissions", FaultCode.Missing)
        : PlaceLimit.Fault("places", Places) is { } places ? places
        : Places is { Length: > 0 } && Permissions.Contains(Permission.Maintain) ? FieldFault.Of("places", FaultCode.PlacesNotAllowed)
        : FilterFault("publishFilter", PublishFilter) ?? FilterFault("subscribeFilter", SubscribeFilter);

    private static FieldFault? FilterFault(string field, string? filter) =>
        filter is null || TopicFilter.IsValid(filter) ? null : FieldFault.Of(field, FaultCode.TopicFilterInvalid);
}
