using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>A machine, or a single sensor, with a reported run state. Owned by the event loop.</summary>
/// <param name="name">Full location of the machine, or the sensor id.</param>
/// <param name="isSensor">True for a single sensor.</param>
internal sealed class Machine(string name, bool isSensor)
{
    /// <summary>Full location of the machine as first reported, or the sensor id.</summary>
    public string Name => name;

    /// <summary>True for a single sensor.</summary>
    public bool IsSensor => isSensor;

    /// <summary>Reported states.</summary>
    public MachineHistory History { get; set; } = MachineHistory.Empty;
}
