using System.Text.Json.Serialization;

namespace VibeDash.Core.Contract;

/// <summary>Problem details (RFC 9457), as far as a page shows them.</summary>
/// <param name="Title">Kind of the problem.</param>
/// <param name="Detail">This occurrence, in one sentence.</param>
/// <param name="Errors">Errors by field.</param>
public sealed record Problem(string? Title, string? Detail, Dictionary<string, string[]>? Errors)
{
    /// <summary>The most specific text the server gave.</summary>
    [JsonIgnore]
    public string Reason => Detail ?? Errors?.Values.SelectMany(faults => faults).FirstOrDefault() ?? Title ?? "The server refused it.";
}
