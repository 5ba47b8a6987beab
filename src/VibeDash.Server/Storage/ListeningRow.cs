namespace VibeDash.Server.Storage;

/// <summary>A time in which the server ran and was connected to every broker: what is between two of them is an outage.</summary>
internal sealed class ListeningRow
{
    public DateTimeOffset Since { get; set; }

    public DateTimeOffset Until { get; set; }
}
