namespace VibeDash.Simulator.Sending;

/// <summary>Events by number, which stay the same for as long as they are in flight.</summary>
internal interface IEventSource
{
    /// <summary>False when there is no event of that number.</summary>
    bool Has(long number);

    /// <summary>The id of an event that there is.</summary>
    string EventIdOf(long number);

    /// <summary>Writes an event that there is to a connection.</summary>
    void Publish(PublishConnection connection, long number, ushort packetId, bool again);
}
