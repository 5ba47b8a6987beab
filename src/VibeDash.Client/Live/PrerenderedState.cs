using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace VibeDash.Client.Live;

/// <summary>
/// Hands what the server prerendered from over to the browser, so that the page does not flash while it loads again.
/// Compressed, because it travels inside the HTML; with the metadata of the wire contract, because the browser's copy is trimmed.
/// </summary>
public sealed class PrerenderedState(PersistentComponentState state)
{
    /// <summary>Keeps what <paramref name="current"/> gives when the page is sent; null keeps nothing.</summary>
    public IDisposable Keep<T>(string key, Func<T?> current, JsonTypeInfo<T> type)
        where T : class =>
        state.RegisterOnPersisting(
            () =>
            {
                if (current() is { } value)
                    state.PersistAsJson(key, Pack(value, type));
                return Task.CompletedTask;
            },
            RenderMode.InteractiveWebAssembly);

    /// <summary>Takes what was kept, once.</summary>
    public bool TryTake<T>(string key, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = state.TryTakeFromJson<byte[]>(key, out var packed) && packed is not null ? Unpack(packed, type) : null;
        return value is not null;
    }

    private static byte[] Pack<T>(T value, JsonTypeInfo<T> type)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal))
            JsonSerializer.Serialize(zip, value, type);
        return packed.ToArray();
    }

    private static T? Unpack<T>(byte[] packed, JsonTypeInfo<T> type)
    {
        using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(zip, type);
    }
}
