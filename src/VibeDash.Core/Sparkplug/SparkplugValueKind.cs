namespace VibeDash.Core.Sparkplug;

/// <summary>The field of a metric that holds its value.</summary>
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

    /// <summary>Something that is no number.</summary>
    Other,
}
