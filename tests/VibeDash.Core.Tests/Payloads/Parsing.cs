using System.Text;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Payloads;

/// <summary>Messages, and their results in profiles.</summary>
internal static class Parsing
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);

    public static SourceMessage Message(string payload) => new("a/b", Encoding.UTF8.GetBytes(payload));

    public static JsonPath Path(string text) => JsonPath.TryParse(text, out var path) ? path : throw new ArgumentException(text);

    /// <summary>A reading of level <paramref name="level"/> in g, unknown baseline.</summary>
    public static JsonReading Reading(string level, string suffix = "", double multiplier = 1) =>
        new(suffix, Path(level), new("g"), 0, null, multiplier);

    public static ReadingOutcome[] Parse(this PayloadProfile profile, string payload, TopicValues? topic = null) =>
        profile.Parse(Message(payload), topic ?? new("VB-1", "Hall 1, Pump 1"), ReceivedAt);

    public static VibrationEvent Accepted(this IEnumerable<ReadingOutcome> outcomes)
    {
        var outcome = outcomes.ShouldHaveSingleItem();
        outcome.Rejection.ShouldBeNull();
        return outcome.Event.ShouldNotBeNull();
    }

    public static Rejection Rejected(this IEnumerable<ReadingOutcome> outcomes)
    {
        var outcome = outcomes.ShouldHaveSingleItem();
        outcome.Event.ShouldBeNull();
        return outcome.Rejection!;
    }
}
