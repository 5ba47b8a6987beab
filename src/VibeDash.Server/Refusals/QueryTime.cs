using VibeDash.Core.Faults;

namespace VibeDash.Server.Refusals;

/// <summary>Bounds of times in queries.</summary>
internal static class QueryTime
{
    /// <summary>Latest time, inclusive: so far from the last time there is that a bucket or a tolerance can be added.</summary>
    public static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Adds a fault for a time after <see cref="Latest"/>.</summary>
    public static void Check(string field, DateTimeOffset? time, List<FieldFault> faults)
    {
        if (time > Latest)
            faults.Add(FieldFault.Of(field, FaultCode.NotInRange, DateTimeOffset.MinValue, Latest));
    }
}
