using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet.Packets;
using VibeDash.Core.People;
using VibeDash.Server.People;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>What a client of the embedded broker may publish and subscribe to. Immutable.</summary>
/// <param name="KeyId">Its key; null for a client without one.</param>
/// <param name="PublishFilter">Topics it may publish to; null for none.</param>
/// <param name="SubscribeFilter">Topics it may subscribe to; null for none.</param>
internal sealed record ClientPermit(string? KeyId, string? PublishFilter, string? SubscribeFilter)
{
    private const string Shared = "$share/";

    // Of an attribute of a name (X.520).
    private const string CommonName = "2.5.4.3";

    /// <summary>Of a client without a key, where these are let in.</summary>
    public static readonly ClientPermit Everything = new(null, "#", "#");

    /// <summary>The permit of a client that connects; null when it is refused.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="requiresKeys">False to let in clients without a key, whatever other name and password they send. A wrong key is refused all the same.</param>
    /// <param name="connect">User name and password are the two parts of a key.</param>
    public static ClientPermit? Of(KeyBook keys, bool requiresKeys, MqttConnectPacket connect) =>
        connect.Username is not { Length: > 0 } user || (!requiresKeys && !user.StartsWith(KeyBook.Prefix, StringComparison.Ordinal)) ? requiresKeys ? null : Everything
        : keys.Find(user, Encoding.UTF8.GetString(connect.Password ?? [])) is { } key ? Of(key)
        : null;

    /// <summary>
    /// The permit of a client with a certificate: that of the key whose id is the common name of the certificate, whatever user name and password it
    /// sends. Null when there is no such key, or it is revoked or has expired.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="certificate">Issued by the authority of clients, which the handshake has made sure of.</param>
    public static ClientPermit? Of(KeyBook keys, X509Certificate2 certificate)
    {
        // With several, another reader might take another one.
        string[] names = [.. certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == CommonName).Select(name => name.GetSingleElementValue() ?? "")];
        return names is [var name] && keys.FindProven(name) is { } key ? Of(key) : null;
    }

    /// <summary>True when it may publish to a topic.</summary>
    public bool MayPublish(string topic) => PublishFilter is not null && TopicFilter.Covers(PublishFilter, topic);

    /// <summary>True when it may subscribe to a topic filter; a shared subscription by the filter in it.</summary>
    public bool MaySubscribe(string filter)
    {
        if (filter.StartsWith(Shared, StringComparison.Ordinal))
            filter = filter.IndexOf('/', Shared.Length) is > 0 and var end ? filter[(end + 1)..] : filter;
        return SubscribeFilter is not null && (this == Everything || TopicFilter.Covers(SubscribeFilter, filter));
    }

    private static ClientPermit Of(AccessKeyRow key) => new(key.Id, key.PublishFilter, key.SubscribeFilter);
}
