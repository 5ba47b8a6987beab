using System.Text.Json.Serialization;

namespace VibeDash.Core.Contract;

/// <summary>Problem details (RFC 9457), of which this is what a page shows.</summary>
/// <param name="Title">What kind of problem it is.</param>
/// <param name="Detail">What is wrong this time, in one sentence.</param>
/// <param name="Errors">What is wrong with which field.</param>
public sealed record Problem(string? Title, string? Detail, Dictionary<string, string[]>? Errors)
{
    /// <summary>What is wrong, as exactly as the server says it.</summary>
    [JsonIgnore]
    public string Said => Detail ?? Errors?.Values.SelectMany(faults => faults).FirstOrDefault() ?? Title ?? "The server refused it.";
}
