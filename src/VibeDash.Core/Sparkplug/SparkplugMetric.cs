namespace VibeDash.Core.Sparkplug;

/// <summary>A metric of a payload, as far as it is used.</summary>
/// <param name="Name">Its name; null in data that gives the alias.</param>
/// <param name="Alias">Its alias, or null.</param>
/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC, or null.</param>
/// <param name="Datatype">Its datatype; <see cref="SparkplugDatatype.Unknown"/> in data that leaves it to the birth, or a code that is no number's.</param>
/// <param name="IsNull">True when it has no value at present.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its property <c>engUnit</c>, or null.</param>
public readonly record struct SparkplugMetric(
    string? Name, ulong? Alias, ulong? Timestamp, SparkplugDatatype Datatype, bool IsNull, SparkplugValue Value, string? Unit);
