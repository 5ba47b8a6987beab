namespace VibeDash.Core.Sparkplug;

/// <summary>Kind of a Sparkplug message.</summary>
public enum SparkplugMessageKind
{
    /// <summary>NBIRTH: an edge node is online; defines its own metrics.</summary>
    NodeBirth,

    /// <summary>NDEATH: an edge node is offline, and its devices with it.</summary>
    NodeDeath,

    /// <summary>DBIRTH: a device is online; defines its metrics.</summary>
    DeviceBirth,

    /// <summary>DDEATH: a device is offline.</summary>
    DeviceDeath,

    /// <summary>NDATA or DDATA: metrics that changed.</summary>
    Data,

    /// <summary>NCMD or DCMD: a command to an edge node or device.</summary>
    Command,

    /// <summary>STATE: a host reports whether it is online.</summary>
    State,
}
