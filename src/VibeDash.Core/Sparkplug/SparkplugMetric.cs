using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>A metric of a payload; contains the used fields only.</summary>
/// <param name="Name">Its name; null in data that uses the alias.</param>
/// <param name="Alias">Its alias, or null.</param>
/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC, or null.</param>
/// <param name="Datatype">Its datatype; <see cref="SparkplugDatatype.Unknown"/> in data that relies on the birth, or the code of a non-numeric datatype.</param>
/// <param name="IsNull">True when it currently has no value.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its property <c>engUnit</c>, or null.</param>
/// <param name="Quality">Its property <c>Quality</c>; good without it.</param>
public readonly record struct SparkplugMetric(
    string? Name, ulong? Alias, ulong? Timestamp, SparkplugDatatype Datatype, bool IsNull, SparkplugValue Value, string? Unit,
    ReadingQuality Quality = ReadingQuality.Good);
