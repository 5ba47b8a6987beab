using CsCheck;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;

namespace VibeDash.Core.Tests.Readings;

public sealed class VibrationEventParserProperties
{
    private static readonly Gen<(int At, byte Value, int Kind)[]> Mutations = Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 3]).Array[1, 8];

    private static readonly Gen<string> Id = Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['0', '9'], Gen.Const('-'), Gen.Const('ä'))
        .Array[1, 40].Select(chars => "S" + new string(chars));

    private static readonly Gen<string> Text = Gen.OneOf(Gen.Char[' ', '~'], Gen.OneOf([.. new[] { '²', '€', 'é', '漢', '"', '\\', '<', '\t' }.Select(Gen.Const)]))
        .Array[1, 60].Select(chars => "x" + new string(chars) + "x");

    private static readonly Gen<double> Level = Gen.Double[0, 1e6];

    private static readonly Gen<VibrationEvent> Events =
        from id in Id
        from microseconds in Gen.Long[0, 800_000_000_000_000]
        from texts in Text.Array[7, 7]
        from level in Level
        from baseline in Level
        from day in Gen.Int[0, 9000]
        from present in Gen.Bool.Array[5, 5]
        select new VibrationEvent(
            new Reading(id, VibrationEventParser.EarliestTimestamp.AddTicks(microseconds * 10), texts[0], level, baseline, texts[1].Length > 16 ? "g" : texts[1]),
            new SensorFacts(
                texts[2],
                present[0] ? texts[3] : null,
                present[1] ? new DateOnly(2000, 1, 1).AddDays(day) : null,
                present[2] ? texts[4] : null,
                present[3] ? texts[5] : null),
            present[4] ? texts[6] : null);

    [Fact]
    public void Random_bytes_give_exactly_one_of_event_and_rejection() => Gen.Byte.Array[0, 200].Sample(GivesExactlyOne);

    [Fact]
    public void Random_changes_to_the_seed_event_give_exactly_one_of_event_and_rejection() =>
        Mutations.Sample(mutations => GivesExactlyOne(Mutate(SeedEvent.Bytes, mutations)), iter: 20_000);

    [Fact]
    public void Every_beginning_of_the_seed_event_is_malformed()
    {
        for (var length = 0; length < SeedEvent.Bytes.Length; length++)
        {
            VibrationEventParser.TryParse(SeedEvent.Bytes.AsSpan(0, length), SeedEvent.ReceivedAt, out _, out var rejection).ShouldBeFalse();
            // Truncated inside ², it is no longer UTF-8.
            rejection!.Reason.ShouldBeOneOf(RejectionReason.MalformedJson, RejectionReason.InvalidEncoding);
        }
    }

    [Fact]
    public void An_event_that_is_written_and_parsed_is_the_same_event() => Events.Sample(sent =>
    {
        VibrationEventParser.TryParse(EventPayload.Write(sent), SeedEvent.ReceivedAt, out var parsed, out var rejection).ShouldBeTrue(rejection?.Detail);
        parsed.ShouldBe(sent);
    });

    [Fact]
    public void Level_baseline_and_difference_each_rounded_on_its_own_are_never_suspect() =>
        Gen.Select(Gen.Double[0, 1000], Gen.Double[0, 1000], Gen.Int[0, 6], Gen.Double[-3, 0]).Sample((level, baseline, decimals, exponent) =>
        {
            var scale = Math.Pow(10, exponent);
            string Rounded(double number) => (number * scale).ToString("F" + Math.Max(1, decimals), System.Globalization.CultureInfo.InvariantCulture);
            var payload = SeedEvent.Text.Replace("\"vibrationLevel\":12.5", $"\"vibrationLevel\":{Rounded(level)}", StringComparison.Ordinal)
                .Replace("\"baselineVibrationLevel\":4.0", $"\"baselineVibrationLevel\":{Rounded(baseline)}", StringComparison.Ordinal)
                .Replace("\"difference\":8.5", $"\"difference\":{Rounded(level - baseline)}", StringComparison.Ordinal);

            VibrationEventParser.TryParse(System.Text.Encoding.UTF8.GetBytes(payload), SeedEvent.ReceivedAt, out var parsed, out var rejection).ShouldBeTrue(rejection?.Detail);
            parsed.Reading.IsSuspect.ShouldBeFalse(payload);
        }, iter: 5000);

    private static void GivesExactlyOne(byte[] payload)
    {
        var accepted = VibrationEventParser.TryParse(payload, SeedEvent.ReceivedAt, out var vibrationEvent, out var rejection);
        (vibrationEvent != default).ShouldBe(accepted);
        (rejection is null).ShouldBe(accepted);
        if (!accepted)
            return;

        // Accepted events satisfy the invariants of the rest of the system.
        var reading = vibrationEvent.Reading;
        SensorId.IsValid(reading.SensorId).ShouldBeTrue();
        (double.IsFinite(reading.Level) && reading.Level >= 0).ShouldBeTrue();
        (double.IsFinite(reading.Baseline) && reading.Baseline >= 0).ShouldBeTrue();
        reading.Timestamp.Offset.ShouldBe(TimeSpan.Zero);
        reading.Timestamp.ShouldBeInRange(VibrationEventParser.EarliestTimestamp, SeedEvent.ReceivedAt + VibrationEventParser.MaximumLead);
        reading.EventId.Length.ShouldBeInRange(1, 128);
        reading.Unit.Length.ShouldBeInRange(1, VibrationEventParser.MaximumUnitLength);
    }

    private static byte[] Mutate(byte[] payload, (int At, byte Value, int Kind)[] mutations)
    {
        var bytes = payload.ToList();
        foreach (var (at, value, kind) in mutations)
        {
            if (bytes.Count == 0)
                break;
            var index = at % bytes.Count;
            switch (kind)
            {
                case 0: bytes[index] = value; break;
                case 1: bytes.Insert(index, value); break;
                case 2: bytes.RemoveAt(index); break;
                default: bytes.RemoveRange(index, Math.Min(value, bytes.Count - index)); break;
            }
        }

        return [.. bytes];
    }
}
