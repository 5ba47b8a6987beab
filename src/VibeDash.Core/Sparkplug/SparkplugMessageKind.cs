namespace VibeDash.Core.Sparkplug;

/// <summary>What a Sparkplug message is.</summary>
public enum SparkplugMessageKind
{
    /// <summary>NBIRTH: an edge node is there, and these are its own metrics.</summary>
    NodeBirth,

    /// <summary>NDEATH: an edge node is gone, and its devices with it.</summary>
    NodeDeath,

    /// <summary>DBIRTH: a device is there, and these are its metrics.</summary>
    DeviceBirth,

    /// <summary>DDEATH: a device is gone.</summary>
    DeviceDeath,

    /// <summary>NDATA or DDATA: metrics that changed.</summary>
    Data,

    /// <summary>NCMD or DCMD: a command to an edge node or device.</summary>
    Command,

    /// <summary>STATE: a host says whether it is there.</summary>
    State,
}
