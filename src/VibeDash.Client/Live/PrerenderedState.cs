using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace VibeDash.Client.Live;

/// <summary>
/// Passes the data of a prerendered page to the browser, so that the page does not flicker while it loads.
/// Compressed, since it is part of the HTML; with source-generated metadata, since the browser's code is trimmed.
/// </summary>
public sealed class PrerenderedState(PersistentComponentState state)
{
    /// <summary>Stores the value of <paramref name="current"/> when the page is sent; null stores nothing.</summary>
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

    /// <summary>Takes the stored value. It can be taken once.</summary>
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
