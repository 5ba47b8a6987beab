using System.Globalization;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.DeadLetters;

/// <summary>Writes a <see cref="DeadLetterSelection"/> as the query of <c>/api/v1/dead-letters</c>.</summary>
public static class DeadLetterQueryString
{
    /// <summary>The query without its question mark.</summary>
    public static string Of(DeadLetterSelection selection, int? limit = null) => QueryString.Of(
    [
        ("reason", selection.Reason?.ToString()),
        ("topic", selection.Topic),
        ("since", IsoTime.Of(selection.Since)),
        ("before", selection.Before?.ToString(CultureInfo.InvariantCulture)),
        ("source", selection.Source),
        ("limit", limit?.ToString(CultureInfo.InvariantCulture)),
    ]);
}
