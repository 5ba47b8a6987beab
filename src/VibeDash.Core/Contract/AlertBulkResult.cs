namespace VibeDash.Core.Contract;

/// <summary>The result of an acknowledgement of all alerts that match a filter.</summary>
/// <param name="Acknowledged">Number of alerts acknowledged.</param>
/// <param name="Refused">Number of alerts that match and were not, because they changed after the person looked.</param>
/// <param name="Refusals">The first of them, at most <see cref="MaximumRefusals"/>.</param>
public sealed record AlertBulkResult(int Acknowledged, int Refused, AlertResult[] Refusals)
{
    /// <summary>Maximum number of <see cref="Refusals"/>.</summary>
    public const int MaximumRefusals = 100;
}
