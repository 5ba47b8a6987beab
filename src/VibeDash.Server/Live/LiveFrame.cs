using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// A server-sent event as the bytes that go out: made once and shared by all connections, which the framework's own result cannot, as little
/// as it can send comments.
/// </summary>
internal sealed class LiveFrame
{
    private LiveFrame(byte[] bytes) => Bytes = bytes;

    /// <summary>A comment, which readers pass over: it keeps a connection from looking dead to what is in between.</summary>
    public static LiveFrame Heartbeat { get; } = new(": heartbeat\n\n"u8.ToArray());

    /// <summary>The event with the blank line that ends it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Journal position of the first alert change in it; 0 when it carries none.</summary>
    public long FirstPosition { get; private init; }

    /// <summary>Journal position of the last alert change in it; 0 when it carries none.</summary>
    public long LastPosition { get; private init; }

    public static LiveFrame Of(SensorTick[] ticks) => new(Format("ticks", null, ticks, DashboardJson.Default.SensorTickArray));

    public static LiveFrame Of(SensorSnapshot[] sensors) => new(Format("sensors", null, sensors, DashboardJson.Default.SensorSnapshotArray));

    /// <summary>Alert changes; the event's id is the position of the last one.</summary>
    /// <param name="changes">At least one.</param>
    public static LiveFrame Of(AlertChange[] changes) =>
        new(Format("alerts", changes[^1].Transition.Position, changes, DashboardJson.Default.AlertChangeArray))
        {
            FirstPosition = changes[0].Transition.Position,
            LastPosition = changes[^1].Transition.Position,
        };

    /// <summary>Changes of notes. Without an id: a reader that comes back resumes from the alert journal, and asks for notes anew.</summary>
    public static LiveFrame Of(NoteChange[] changes) => new(Format("notes", null, changes, DashboardJson.Default.NoteChangeArray));

    /// <summary>The server's state.</summary>
    /// <param name="status">The state.</param>
    /// <param name="position">Journal position from which a reader is to resume, or null when that is not news.</param>
    public static LiveFrame Of(ServerStatus status, long? position = null) =>
        new(Format("status", position, status, DashboardJson.Default.ServerStatus));

    /// <summary>Says that alert changes are missing up to <paramref name="position"/>, and that a snapshot has to be fetched.</summary>
    public static LiveFrame Reset(long position) => new(Encoding.UTF8.GetBytes($"event: reset\nid: {position}\ndata: {{}}\n\n"));

    private static byte[] Format<T>(string type, long? id, T data, JsonTypeInfo<T> json)
    {
        var head = $"event: {type}\n{(id is null ? "" : string.Create(CultureInfo.InvariantCulture, $"id: {id}\n"))}data: ";

        // JSON written without indentation has no line break in it.
        return [.. Encoding.UTF8.GetBytes(head), .. JsonSerializer.SerializeToUtf8Bytes(data, json), .. "\n\n"u8];
    }
}
