using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VibeDash.Server.Storage;

/// <summary>Timestamps as whole microseconds since the Unix epoch: they sort, divide and index as integers in any database.</summary>
internal sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(time => From(time), value => To(value))
{
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A time as the database keeps it: so what is told live and what is read back are the same.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) => To(From(time));

    public static DateTimeOffset To(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}
