namespace VibeDash.Core.Payloads;

/// <summary>Format of timestamps in a payload.</summary>
public enum TimestampFormat
{
    /// <summary>ISO 8601 with <c>Z</c> or an offset.</summary>
    Iso8601,

    /// <summary>Seconds since 1970-01-01 UTC, with or without decimals.</summary>
    UnixSeconds,

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    UnixMilliseconds,

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    UnixMicroseconds,
}
