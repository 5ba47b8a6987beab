using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VibeDash.Server.Storage;

/// <summary>Timestamps as whole microseconds since the Unix epoch: sortable, divisible and indexable as integers in any database.</summary>
internal sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(time => From(time), value => To(value))
{
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A time with the precision of the database: live values then equal those read back.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) => To(From(time));

    /// <summary>Server time with the precision of the database.</summary>
    public static DateTimeOffset Now(TimeProvider time) => Whole(time.GetUtcNow());

    public static DateTimeOffset To(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}
