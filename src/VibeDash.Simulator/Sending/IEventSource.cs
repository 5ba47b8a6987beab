namespace VibeDash.Simulator.Sending;

/// <summary>Events by number. An event does not change while it is in flight.</summary>
internal interface IEventSource
{
    /// <summary>False when there is no event with this number; the other methods must then not be called with it.</summary>
    bool Has(long number);

    /// <summary>The id of an event.</summary>
    string EventIdOf(long number);

    /// <summary>The topic of an event, in UTF-8.</summary>
    ReadOnlyMemory<byte> TopicOf(long number);

    /// <summary>Maximum length of an event's payload, in bytes.</summary>
    int MaximumPayloadLengthOf(long number);

    /// <summary>Writes the payload of an event.</summary>
    /// <param name="number">The event.</param>
    /// <param name="payload">At least <see cref="MaximumPayloadLengthOf"/> bytes.</param>
    /// <returns>Number of bytes written.</returns>
    int WritePayload(long number, Span<byte> payload);
}
