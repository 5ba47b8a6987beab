namespace VibeDash.Core.Sparkplug;

/// <summary>A value as it is in the payload. Which number its bits are is known only with the datatype.</summary>
/// <param name="Kind">The field it came in.</param>
/// <param name="Bits">Its bits.</param>
public readonly record struct SparkplugValue(SparkplugValueKind Kind, ulong Bits)
{
    /// <summary>The number it is as <paramref name="datatype"/>; null when it is none. May be infinite or not a number.</summary>
    public double? Number(SparkplugDatatype datatype) => (Kind, datatype) switch
    {
        (SparkplugValueKind.Real32, SparkplugDatatype.Float or SparkplugDatatype.Double) => BitConverter.UInt32BitsToSingle((uint)Bits),
        (SparkplugValueKind.Real64, SparkplugDatatype.Float or SparkplugDatatype.Double) => BitConverter.UInt64BitsToDouble(Bits),
        (SparkplugValueKind.Whole32 or SparkplugValueKind.Whole64, _) => datatype switch
        {
            // Some encoders extend the sign to more bits, some do not.
            SparkplugDatatype.Int8 => (sbyte)Bits,
            SparkplugDatatype.Int16 => (short)Bits,
            SparkplugDatatype.Int32 => (int)Bits,
            SparkplugDatatype.Int64 => Kind == SparkplugValueKind.Whole32 ? (int)Bits : (long)Bits,
            SparkplugDatatype.UInt8 => (byte)Bits,
            SparkplugDatatype.UInt16 => (ushort)Bits,
            SparkplugDatatype.UInt32 => (uint)Bits,
            SparkplugDatatype.UInt64 => Bits,
            _ => null,
        },
        _ => null,
    };
}
