using System.Text.Json;

namespace VibeDash.Server.Export;

/// <summary>A column of an exported table. Immutable.</summary>
/// <param name="name">Name in the CSV header and key in NDJSON.</param>
internal sealed class RowColumn(string name)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its name, encoded for JSON.</summary>
    public JsonEncodedText Json { get; } = JsonEncodedText.Encode(name);
}
