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
/// A server-sent event as bytes: created once and shared by all connections. The framework's result supports neither sharing nor comments.
/// </summary>
internal sealed class LiveFrame
{
    private LiveFrame(byte[] bytes) => Bytes = bytes;

    /// <summary>A comment, ignored by readers: keeps proxies from closing an idle connection.</summary>
    public static LiveFrame Heartbeat { get; } = new(": heartbeat\n\n"u8.ToArray());

    /// <summary>The event, including the blank line at its end.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Journal position of the first alert change in it; 0 when it carries none.</summary>
    public long FirstPosition { get; private init; }

    /// <summary>Journal position of the last alert change in it; 0 when it carries none.</summary>
    public long LastPosition { get; private init; }

    public static LiveFrame Of(SensorTick[] ticks) => new(Format("ticks", null, ticks, DashboardJson.Default.SensorTickArray));

    public static LiveFrame Of(SensorSnapshot[] sensors) => new(Format("sensors", null, sensors, DashboardJson.Default.SensorSnapshotArray));

    /// <summary>Creates an event with the ids of removed sensors.</summary>
    public static LiveFrame OfRemoved(string[] sensorIds) => new(Format("removed", null, sensorIds, DashboardJson.Default.StringArray));

    /// <summary>Creates an event with alert changes; its id is the position of the last one.</summary>
    /// <param name="changes">At least one.</param>
    public static LiveFrame Of(AlertChange[] changes) =>
        new(Format("alerts", changes[^1].Transition.Position, changes, DashboardJson.Default.AlertChangeArray))
        {
            FirstPosition = changes[0].Transition.Position,
            LastPosition = changes[^1].Transition.Position,
        };

    /// <summary>Creates an event without a type or data, which readers do not see: it moves the position from which they resume past entries that are not for them.</summary>
    public static LiveFrame Passed(JournalSpan span) => new(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {span.Last}\n\n")))
    {
        FirstPosition = span.First,
        LastPosition = span.Last,
    };

    /// <summary>Creates an event with note changes. It has no id: a reconnecting reader resumes from the alert journal and fetches notes again.</summary>
    public static LiveFrame Of(NoteChange[] changes) => new(Format("notes", null, changes, DashboardJson.Default.NoteChangeArray));

    /// <summary>Creates an event with the state of the server.</summary>
    /// <param name="status">The state.</param>
    /// <param name="position">Journal position from which to resume; null when unchanged.</param>
    public static LiveFrame Of(ServerStatus status, long? position = null) =>
        new(Format("status", position, status, DashboardJson.Default.ServerStatus));

    /// <summary>Creates an event that announces missing alert changes up to <paramref name="position"/>: the reader must fetch a snapshot.</summary>
    public static LiveFrame Reset(long position) => new(Encoding.UTF8.GetBytes($"event: reset\nid: {position}\ndata: {{}}\n\n"));

    private static byte[] Format<T>(string type, long? id, T data, JsonTypeInfo<T> json)
    {
        var head = $"event: {type}\n{(id is null ? "" : string.Create(CultureInfo.InvariantCulture, $"id: {id}\n"))}data: ";

        // JSON without indentation has no line breaks.
        return [.. Encoding.UTF8.GetBytes(head), .. JsonSerializer.SerializeToUtf8Bytes(data, json), .. "\n\n"u8];
    }
}
