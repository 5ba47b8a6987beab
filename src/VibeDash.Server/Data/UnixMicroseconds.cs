using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VibeDash.Server.Data;

/// <summary>Timestamps as whole microseconds since the Unix epoch: they sort, divide and index as integers in any database.</summary>
internal sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(time => From(time), value => To(value))
{
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}
