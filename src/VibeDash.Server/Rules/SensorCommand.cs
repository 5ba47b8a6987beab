using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Rules;

/// <summary>Changes what people say about a sensor: its labels, and where its baseline comes from. The result is why not, or null.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="settings">What they say; without fault.</param>
/// <param name="at">Server time at which they said it.</param>
internal sealed class SensorCommand(string sensorId, SensorSettings settings, DateTimeOffset at) : Command<string>
{
    /// <summary>The sensor.</summary>
    public string SensorId => sensorId;

    /// <summary>What they say.</summary>
    public SensorSettings Settings => settings;

    /// <summary>Server time at which they said it.</summary>
    public DateTimeOffset At => at;
}
