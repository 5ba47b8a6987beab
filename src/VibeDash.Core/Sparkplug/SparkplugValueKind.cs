namespace VibeDash.Core.Sparkplug;

/// <summary>Field of a metric that contains its value.</summary>
public enum SparkplugValueKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>A 32-bit integer.</summary>
    Whole32,

    /// <summary>A 64-bit integer.</summary>
    Whole64,

    /// <summary>Single precision.</summary>
    Real32,

    /// <summary>Double precision.</summary>
    Real64,

    /// <summary>A non-numeric value.</summary>
    Other,
}
