namespace VibeDash.Demo.Events;

/// <summary>The topic that a sensor publishes its events to.</summary>
public static class EventTopic
{
    /// <summary>The topic of a sensor.</summary>
    public static string Of(string sensorId) => $"sensors/{sensorId}/vibration";
}
