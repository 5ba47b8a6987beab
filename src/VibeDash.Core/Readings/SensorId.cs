namespace VibeDash.Core.Readings;

/// <summary>Rule for sensor identifiers.</summary>
public static class SensorId
{
    /// <summary>Maximum length, in UTF-16 code units.</summary>
    public const int MaximumLength = 128;

    /// <summary>
    /// True for 1 to <see cref="MaximumLength"/> letters, digits, inner spaces and <c>- _ . :</c>, with at least one letter or digit.
    /// The characters are limited so that an identifier is safe as a URL segment, a topic level and text on a page.
    /// </summary>
    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaximumLength || id[0] == ' ' || id[^1] == ' ')
            return false;

        var named = false;
        foreach (var c in id)
        {
            if (char.IsLetterOrDigit(c))
                named = true;
            else if (c is not (' ' or '-' or '_' or '.' or ':'))
                return false;
        }

        return named;
    }
}
