using System.Text.Json;

namespace VibeDash.Server.Export;

/// <summary>A column of a table that leaves the house. Immutable.</summary>
/// <param name="name">Its name, in CSV's header and as the key in NDJSON.</param>
internal sealed class RowColumn(string name)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The same as JSON.</summary>
    public JsonEncodedText Json { get; } = JsonEncodedText.Encode(name);
}
