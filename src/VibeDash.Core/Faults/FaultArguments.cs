using System.Globalization;

namespace VibeDash.Core.Faults;

/// <summary>Arguments of codes as text: in the invariant culture, times as ISO 8601 in UTC, so that a sentence in any language can be made of them.</summary>
public static class FaultArguments
{
    /// <summary>Formats arguments.</summary>
    public static string[] Of(params ReadOnlySpan<object> values)
    {
        var arguments = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
            arguments[i] = values[i] is DateTimeOffset time ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : Convert.ToString(values[i], CultureInfo.InvariantCulture) ?? "";
        return arguments;
    }

    /// <summary>The argument at an index; empty when there are not as many: a text must not fail for what another version sent.</summary>
    public static string At(this string[] arguments, int index) => index < arguments.Length ? arguments[index] : "";
}
