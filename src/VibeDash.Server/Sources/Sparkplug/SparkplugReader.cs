using Google.Protobuf;
using VibeDash.Core.Readings;
using VibeDash.Core.Sparkplug;

namespace VibeDash.Server.Sources.Sparkplug;

/// <summary>
/// Reads and writes Sparkplug B payloads by field numbers; unused fields, and known ones with another wire type, are skipped. The payload bounds
/// the length of its strings and nested messages.
/// </summary>
internal static class SparkplugReader
{
    private const string EngineeringUnit = "engUnit";
    private const string Quality = "Quality";

    /// <summary>Reads a payload.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is not protobuf.</exception>
    /// <exception cref="InvalidDataException">It has more than <see cref="SparkplugPayload.MaximumMetrics"/> metrics.</exception>
    public static SparkplugPayload Read(ReadOnlyMemory<byte> bytes)
    {
        ulong? timestamp = null, sequence = null;
        string? uuid = null;
        var metrics = new List<SparkplugMetric>();
        var input = UnsafeByteOperations.UnsafeWrap(bytes).CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag)
            {
                case (1 << 3) | (uint)WireFormat.WireType.Varint:
                    timestamp = input.ReadUInt64();
                    break;
                case (2 << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    if (metrics.Count == SparkplugPayload.MaximumMetrics)
                        throw new InvalidDataException($"The payload has more than {SparkplugPayload.MaximumMetrics:N0} metrics.");
                    metrics.Add(ReadMetric(input.ReadBytes().CreateCodedInput()));
                    break;
                case (3 << 3) | (uint)WireFormat.WireType.Varint:
                    sequence = input.ReadUInt64();
                    break;
                case (4 << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    uuid = input.ReadString();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new(timestamp, sequence, uuid, metrics);
    }

    /// <summary>The rebirth command for an edge node.</summary>
    /// <param name="at">Time of sending.</param>
    public static byte[] Rebirth(DateTimeOffset at)
    {
        const uint Boolean = 11;
        using var metric = new MemoryStream();
        using (var output = new CodedOutputStream(metric, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteString("Node Control/Rebirth");
            output.WriteTag(3, WireFormat.WireType.Varint);
            output.WriteUInt64((ulong)at.ToUnixTimeMilliseconds());
            output.WriteTag(4, WireFormat.WireType.Varint);
            output.WriteUInt32(Boolean);
            output.WriteTag(14, WireFormat.WireType.Varint);
            output.WriteBool(true);
        }

        using var payload = new MemoryStream();
        using (var output = new CodedOutputStream(payload, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteUInt64((ulong)at.ToUnixTimeMilliseconds());
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(metric.ToArray()));
        }

        return payload.ToArray();
    }

    private static SparkplugMetric ReadMetric(CodedInputStream input)
    {
        string? name = null, unit = null;
        var quality = ReadingQuality.Good;
        ulong? alias = null, timestamp = null;
        var datatype = SparkplugDatatype.Unknown;
        var isNull = false;
        var value = default(SparkplugValue);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag)
            {
                case (1 << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    name = input.ReadString();
                    break;
                case (2 << 3) | (uint)WireFormat.WireType.Varint:
                    alias = input.ReadUInt64();
                    break;
                case (3 << 3) | (uint)WireFormat.WireType.Varint:
                    timestamp = input.ReadUInt64();
                    break;
                case (4 << 3) | (uint)WireFormat.WireType.Varint:
                    datatype = (SparkplugDatatype)input.ReadUInt32();
                    break;
                case (7 << 3) | (uint)WireFormat.WireType.Varint:
                    isNull = input.ReadBool();
                    break;
                case (9 << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    (unit, quality) = ReadProperties(input.ReadBytes().CreateCodedInput());
                    break;
                case (10 << 3) | (uint)WireFormat.WireType.Varint:
                    value = new(SparkplugValueKind.Whole32, input.ReadUInt32());
                    break;
                case (11 << 3) | (uint)WireFormat.WireType.Varint:
                    value = new(SparkplugValueKind.Whole64, input.ReadUInt64());
                    break;
                case (12 << 3) | (uint)WireFormat.WireType.Fixed32:
                    value = new(SparkplugValueKind.Real32, input.ReadFixed32());
                    break;
                case (13 << 3) | (uint)WireFormat.WireType.Fixed64:
                    value = new(SparkplugValueKind.Real64, input.ReadFixed64());
                    break;
                case (14 << 3) | (uint)WireFormat.WireType.Varint:
                case >= (15 << 3) and < (20 << 3):
                    value = new(SparkplugValueKind.Other, 0);
                    input.SkipLastField();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new(name, alias, timestamp, datatype, isNull, value, unit, quality);
    }

    // Keys and values are two lists, paired by index.
    private static (string? Unit, ReadingQuality Quality) ReadProperties(CodedInputStream input)
    {
        var keys = new List<string>();
        var values = new List<(string? Text, int? Number)>();
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag)
            {
                case (1 << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    keys.Add(input.ReadString());
                    break;
                case (2 << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    values.Add(ReadProperty(input.ReadBytes().CreateCodedInput()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        var quality = Find(Quality);
        return (Find(EngineeringUnit).Text, quality.Number is { } code ? QualityCode.OfSparkplug(code) : QualityCode.OfText(quality.Text ?? ""));

        (string? Text, int? Number) Find(string name)
        {
            var place = keys.FindIndex(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
            return place >= 0 && place < values.Count ? values[place] : default;
        }
    }

    private static (string? Text, int? Number) ReadProperty(CodedInputStream input)
    {
        string? text = null;
        int? number = null;
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag)
            {
                // A 32-bit or 64-bit integer. A negative one has 32 bits or 64, depending on the encoder.
                case (3 << 3) | (uint)WireFormat.WireType.Varint:
                case (4 << 3) | (uint)WireFormat.WireType.Varint:
                    number = (int)input.ReadUInt64();
                    break;
                case (8 << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    text = input.ReadString();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return (text, number);
    }
}
