using System.Globalization;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Live;

/// <summary>Writes a <see cref="DeadLetterSelection"/> as the query of <c>/api/v1/dead-letters</c>.</summary>
public static class DeadLetterQueryString
{
    /// <summary>The query without its question mark; times in UTC.</summary>
    public static string Of(DeadLetterSelection selection, int? limit = null)
    {
        (string Name, string? Value)[] fields =
        [
            ("reason", selection.Reason?.ToString()),
            ("topic", selection.Topic),
            ("since", selection.Since is { } since ? AlertQueryString.Time(since) : null),
            ("before", selection.Before?.ToString(CultureInfo.InvariantCulture)),
            ("source", selection.Source),
            ("limit", limit?.ToString(CultureInfo.InvariantCulture)),
        ];
        return string.Join('&', from field in fields where field.Value is not null select $"{field.Name}={Uri.EscapeDataString(field.Value)}");
    }
}
