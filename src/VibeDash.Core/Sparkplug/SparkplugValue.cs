namespace VibeDash.Core.Sparkplug;

/// <summary>A raw value of a payload; its datatype determines the number.</summary>
/// <param name="Kind">Field that contained it.</param>
/// <param name="Bits">Its bits.</param>
public readonly record struct SparkplugValue(SparkplugValueKind Kind, ulong Bits)
{
    /// <summary>The number for <paramref name="datatype"/>; null for a non-numeric value. May be infinite or NaN.</summary>
    public double? Number(SparkplugDatatype datatype) => (Kind, datatype) switch
    {
        (SparkplugValueKind.Real32, SparkplugDatatype.Float or SparkplugDatatype.Double) => BitConverter.UInt32BitsToSingle((uint)Bits),
        (SparkplugValueKind.Real64, SparkplugDatatype.Float or SparkplugDatatype.Double) => BitConverter.UInt64BitsToDouble(Bits),
        (SparkplugValueKind.Whole32 or SparkplugValueKind.Whole64, _) => datatype switch
        {
            // Some encoders sign-extend to more bits, some do not.
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
