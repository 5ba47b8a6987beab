namespace VibeDash.Core.Sparkplug;

#pragma warning disable CA1720 // The names are those of Sparkplug.

/// <summary>The numeric datatypes of Sparkplug B, by their codes; others are not distinguished.</summary>
public enum SparkplugDatatype
{
    /// <summary>Not given, as in most data messages: it is defined in the birth.</summary>
    Unknown = 0,

    /// <summary>8 bits, signed.</summary>
    Int8 = 1,

    /// <summary>16 bits, signed.</summary>
    Int16 = 2,

    /// <summary>32 bits, signed.</summary>
    Int32 = 3,

    /// <summary>64 bits, signed.</summary>
    Int64 = 4,

    /// <summary>8 bits, unsigned.</summary>
    UInt8 = 5,

    /// <summary>16 bits, unsigned.</summary>
    UInt16 = 6,

    /// <summary>32 bits, unsigned.</summary>
    UInt32 = 7,

    /// <summary>64 bits, unsigned.</summary>
    UInt64 = 8,

    /// <summary>32 bits, binary floating point.</summary>
    Float = 9,

    /// <summary>64 bits, binary floating point.</summary>
    Double = 10,
}
