using System.Globalization;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Audit;

/// <summary>Writes a <see cref="CommandFilter"/> as the query of <c>/api/v1/commands</c>.</summary>
public static class CommandQueryString
{
    /// <summary>The query without its question mark; empty for all entries.</summary>
    public static string Of(CommandFilter filter, long? before = null) => QueryString.Of(
    [
        ("by", filter.By),
        ("name", filter.Name),
        ("subject", filter.Subject),
        ("refused", filter.IsRefused ? "true" : null),
        ("before", before?.ToString(CultureInfo.InvariantCulture)),
    ]);
}
