using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>A machine, or a single sensor, of which somebody says whether it runs. Owned by the event loop.</summary>
/// <param name="name">The machine by its whole location, or the sensor id.</param>
/// <param name="isSensor">True when it is a single sensor.</param>
internal sealed class Machine(string name, bool isSensor)
{
    /// <summary>The machine by its whole location, as first heard, or the sensor id.</summary>
    public string Name => name;

    /// <summary>True when it is a single sensor.</summary>
    public bool IsSensor => isSensor;

    /// <summary>What was said of it.</summary>
    public MachineHistory History { get; set; } = MachineHistory.Empty;
}
