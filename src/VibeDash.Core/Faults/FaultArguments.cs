using System.Globalization;

namespace VibeDash.Core.Faults;

/// <summary>Arguments of codes as text, for a sentence in any language: in the invariant culture, times as ISO 8601 in UTC.</summary>
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

    /// <summary>The argument at an index; empty when there is none: arguments from another version must not cause an exception.</summary>
    public static string At(this string[] arguments, int index) => index < arguments.Length ? arguments[index] : "";
}
