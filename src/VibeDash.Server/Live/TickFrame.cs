using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.ObjectPool;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// A hub message with ticks. It is written once for all receivers, into memory that is reused after the last holder releases it: the framework's own
/// message would be allocated each time, and with one browser these bytes would be most of the server's allocations. Holding and releasing are
/// thread-safe.
/// </summary>
internal sealed class TickFrame
{
    // Maximum unused messages kept: clients usually accept a message before the next is written.
    private const int Kept = 32;

    // Record separator that ends a message in the hub protocol; occurs only there.
    private const byte End = 0x1e;
    private const string Protocol = "json";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DefaultObjectPool<TickFrame> Pool = new(new DefaultPooledObjectPolicy<TickFrame>(), Kept);

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _holders;

    /// <summary>The message for a connection to write while it is held.</summary>
    public SerializedHubMessage Serialized { get; private set; } = new([]);

    /// <summary>Creates messages that call a client method with ticks, <see cref="LivePusher.SensorsPerMessage"/> each; the caller holds them.</summary>
    public static List<TickFrame> Of(string method, ReadOnlySpan<SensorTick> ticks)
    {
        var messages = new List<TickFrame>();
        for (; !ticks.IsEmpty; ticks = ticks[Math.Min(ticks.Length, LivePusher.SensorsPerMessage)..])
        {
            var message = Pool.Get();
            message.Write(method, ticks[..Math.Min(ticks.Length, LivePusher.SensorsPerMessage)]);
            messages.Add(message);
        }

        return messages;
    }

    /// <summary>Adds a holder.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Releases one holder.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Pool.Return(this);
    }

    private void Write(string method, ReadOnlySpan<SensorTick> ticks)
    {
        _holders = 1;
        _bytes.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_bytes, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("type"u8, 1);
            json.WriteString("target"u8, method);
            json.WriteStartArray("arguments"u8);
            json.WriteStartArray();
            foreach (var tick in ticks)
                JsonSerializer.Serialize(json, tick, DashboardJson.Default.SensorTick);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        _bytes.Write([End]);
        Serialized = new([new(Protocol, _bytes.WrittenMemory)]);
    }
}
