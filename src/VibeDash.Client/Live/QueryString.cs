namespace VibeDash.Client.Live;

/// <summary>Writes the query of an address.</summary>
public static class QueryString
{
    /// <summary>The query without its question mark. Values are escaped; a field with a null value is left out.</summary>
    public static string Of(IEnumerable<(string Name, string? Value)> fields) =>
        string.Join('&', from field in fields where field.Value is not null select $"{field.Name}={Uri.EscapeDataString(field.Value)}");
}
