using Google.Protobuf;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Sparkplug;
using VibeDash.Server.Sources.Sparkplug;

namespace VibeDash.Server.Tests.Ingestion.Sparkplug;

public sealed class SparkplugReaderTests
{
    // Written by the npm package sparkplug-payload 1.0.3: a birth, data by alias, and every kind of non-numeric value.
    private const string Birth =
        "CICUlMrKMxILCgViZFNlcSAIWAMSGgoUTm9kZSBDb250cm9sL1JlYmlydGggC3AAEkgKDVZpYnJhdGlvbi9STVMQCxiAlJTKyjMgCkojCgdRdWFsaXR5CgdlbmdVbml0EgUIAxjAARIICAxCBG1tL3NpAAAAAAAABEAS" +
        "HgoLVGVtcGVyYXR1cmUQDBiAlJTKyjMgAVD7////DxIQCgZTZXJpYWwgDHoEU04tMRIQCghQcmVzc3VyZRANIAk4ARgA";

    private const string Data = "CIGUlMrKMxIWEAsYgZSUysozIAooAWkAAAAAAAAKQBIGEAwgA1AHGAE=";

    private const string Others =
        "CICUlMrKMxIgCgVUYWJsZSAQigEUCAESAWEYCiILCgkhAAAAAAAA+D8SDgoEQmxvYiARggEDAQIDEhYKAVQgE5IBDgoBMRIHCgF4IANQASgBEhAKAUwgBFj5//////////8BEgsKAVUgB1iA0KzzDhgC";

    // By the same package: 192, 0, 500, the code of Ignition 8 for Bad_Stale, 0 without a value, and none.
    private const string Qualities =
        "CICUlMrKMxI/CghWaWIvZ29vZBABGICUlMrKMyAJSiMKB1F1YWxpdHkKB2VuZ1VuaXQSBQgDGMABEggIDEIEbW0vc2VeulFAEjgKB1ZpYi9iYWQgCkoiCgdlbmdVbml0CgdRdWFsaXR5EggIDEIEbW0vcxIECAMYAGkAAAAAAAD4PxI7" +
        "CglWaWIvc3RhbGUgCkojCgdRdWFsaXR5CgdlbmdVbml0EgUIAxj0AxIICAxCBG1tL3NpAAAAAAAABEASQQoMVmliL2lnbml0aW9uIApKJgoHUXVhbGl0eQoHZW5nVW5pdBIICAMYhISAgAgSCAgMQgRtbS9zaQAAAAAAAARAEjIKCFZp" +
        "Yi9udWxsIAo4AUoiCgdRdWFsaXR5CgdlbmdVbml0EgQIAxgAEggIDEIEbW0vcxItCgtWaWIvbm90aGluZyAKShMKB2VuZ1VuaXQSCAgMQgRtbS9zaQAAAAAAAARAGAE=";

    private static readonly DateTimeOffset ReceivedAt = new(2026, 3, 1, 12, 0, 1, TimeSpan.Zero);

    private static ulong Timestamp => (ulong)ReceivedAt.AddSeconds(-1).ToUnixTimeMilliseconds();

    [Fact]
    public void A_birth_is_read()
    {
        var (timestamp, sequence, uuid, metrics) = SparkplugReader.Read(Convert.FromBase64String(Birth));

        (timestamp, sequence, uuid).ShouldBe((Timestamp, 0ul, null));
        metrics.Select(metric => metric.Name).ShouldBe(["bdSeq", "Node Control/Rebirth", "Vibration/RMS", "Temperature", "Serial", "Pressure"]);
        metrics.Select(metric => metric.Value.Number(metric.Datatype)).ShouldBe([3, null, 2.5, -5, null, null]);
        metrics.Select(metric => metric.Alias).ShouldBe([null, null, 11ul, 12ul, null, 13ul]);
        metrics.Select(metric => metric.Unit).ShouldBe([null, null, "mm/s", null, null, null]);
        metrics.Select(metric => metric.IsNull).ShouldBe([false, false, false, false, false, true]);
        metrics[2].Timestamp.ShouldBe(Timestamp);
    }

    [Fact]
    public void The_property_Quality_is_read_beside_the_unit()
    {
        var metrics = SparkplugReader.Read(Convert.FromBase64String(Qualities)).Metrics;

        metrics.Select(metric => (metric.Name, metric.Quality)).ShouldBe(
        [
            ("Vib/good", ReadingQuality.Good), ("Vib/bad", ReadingQuality.Bad), ("Vib/stale", ReadingQuality.Stale), ("Vib/ignition", ReadingQuality.Stale),
            ("Vib/null", ReadingQuality.Bad), ("Vib/nothing", ReadingQuality.Good),
        ]);
        metrics.ShouldAllBe(metric => metric.Unit == "mm/s");
        metrics.Select(metric => metric.Value.Number(metric.Datatype)).ShouldBe([3.277f, 1.5, 2.5, 2.5, null, 2.5]);
        metrics[4].IsNull.ShouldBeTrue();
    }

    [Fact]
    public void Data_is_read()
    {
        var (timestamp, sequence, _, metrics) = SparkplugReader.Read(Convert.FromBase64String(Data));

        (timestamp, sequence).ShouldBe((Timestamp + 1, 1ul));
        metrics.Select(metric => (metric.Name, metric.Alias, metric.Value.Number(metric.Datatype))).ShouldBe([(null, 11ul, 3.25), (null, 12ul, 7)]);
    }

    [Fact]
    public void Values_of_other_kinds_are_passed_over()
    {
        var metrics = SparkplugReader.Read(Convert.FromBase64String(Others)).Metrics;

        metrics.Select(metric => metric.Name).ShouldBe(["Table", "Blob", "T", "L", "U"]);
        metrics.Select(metric => metric.Value.Number(metric.Datatype)).ShouldBe([null, null, null, -7, 4_000_000_000]);
    }

    // Each metric with datatype and value only.
    [Theory]
    [InlineData("2001 50FBFFFFFF0F", -5d)]
    [InlineData("2001 50FB01", -5d)]
    [InlineData("2002 50FFFF03", -1d)]
    [InlineData("2003 50FFFFFFFF0F", -1d)]
    [InlineData("2004 50FFFFFFFF0F", -1d)]
    [InlineData("2004 58FFFFFFFFFFFFFFFFFF01", -1d)]
    [InlineData("2005 50FF01", 255d)]
    [InlineData("2006 50FFFF03", 65535d)]
    [InlineData("2007 50FFFFFFFF0F", 4294967295d)]
    [InlineData("2007 58FFFFFFFF0F", 4294967295d)]
    [InlineData("2008 58FFFFFFFFFFFFFFFFFF01", 18446744073709551615d)]
    [InlineData("2009 6500002040", 2.5d)]
    [InlineData("200A 690000000000000440", 2.5d)]
    [InlineData("200A 6500002040", 2.5d)]
    [InlineData("200A 5005", null)]
    [InlineData("200B 7001", null)]
    [InlineData("200C 7A0135", null)]
    [InlineData("200A", null)]
    public void A_value_is_the_number_that_its_datatype_says(string hex, double? expected)
    {
        var metric = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var read = SparkplugReader.Read(new byte[] { 0x12, (byte)metric.Length }.Concat(metric).ToArray()).Metrics.ShouldHaveSingleItem();

        read.Value.Number(read.Datatype).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0A0141")]
    [InlineData("C03E05")]
    [InlineData("2A03010203")]
    public void Unknown_fields_and_known_ones_in_another_form_are_passed_over(string hex)
    {
        var payload = SparkplugReader.Read(Convert.FromHexString(hex));

        (payload.Timestamp, payload.Sequence, payload.Metrics.Count).ShouldBe((null, null, 0));
    }

    [Theory]
    [InlineData("12050A")]
    [InlineData("08FFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("12FFFFFFFF0F")]
    [InlineData("12020A7F")]
    [InlineData("0C")]
    [InlineData("0B")]
    [InlineData("00")]
    public void What_is_no_protobuf_is_a_dead_letter(string hex)
    {
        Should.Throw<InvalidProtocolBufferException>(() => SparkplugReader.Read(Convert.FromHexString(hex)));

        Source().Parse(new("spBv1.0/g/NDATA/n", Convert.FromHexString(hex)), ReceivedAt).ShouldHaveSingleItem().Rejection!.Reason.ShouldBe(RejectionReason.MalformedProtobuf);
    }

    [Fact]
    public void Groups_without_end_and_too_much_are_refused()
    {
        Reason([.. Enumerable.Repeat((byte)0x0B, 500_000)]).ShouldBe(RejectionReason.MalformedProtobuf);
        Reason([.. Enumerable.Repeat(new byte[] { 0x12, 0 }, SparkplugPayload.MaximumMetrics + 1).SelectMany(metric => metric)]).ShouldBe(RejectionReason.TooManyMetrics);
        Reason(new byte[SparkplugPayload.MaximumBytes + 1]).ShouldBe(RejectionReason.PayloadTooLarge);

        static RejectionReason Reason(byte[] payload) => Source().Parse(new("spBv1.0/g/NBIRTH/n", payload), ReceivedAt).ShouldHaveSingleItem().Rejection!.Reason;
    }

    [Fact]
    public void A_request_for_rebirth_is_what_a_reader_takes_for_one()
    {
        var (timestamp, _, _, metrics) = SparkplugReader.Read(SparkplugReader.Rebirth(ReceivedAt));

        timestamp.ShouldBe(Timestamp + 1000);
        var metric = metrics.ShouldHaveSingleItem();
        (metric.Name, (int)metric.Datatype, metric.Value.Kind).ShouldBe(("Node Control/Rebirth", 11, SparkplugValueKind.Other));
    }

    [Fact]
    public void Payloads_changed_at_random_give_readings_and_rejections_and_never_throw()
    {
        var random = new Random(20261124);
        string[] topics = ["NBIRTH/n", "DBIRTH/n/d", "NDATA/n", "DDATA/n/d", "DDEATH/n/d", "NDEATH/n"];
        byte[][] examples = [.. new[] { Birth, Data, Others }.Select(Convert.FromBase64String)];
        var source = Source();
        var readings = 0;
        var payloads = LongRun.Count(50_000, 200_000);
        for (var i = 0; i < payloads; i++)
        {
            var payload = examples[random.Next(examples.Length)].ToList();
            for (var changes = random.Next(5); changes > 0 && payload.Count > 0; changes--)
            {
                var at = random.Next(payload.Count);
                switch (random.Next(4))
                {
                    case 0:
                        payload[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        payload.RemoveRange(at, Math.Min(payload.Count - at, random.Next(20)));
                        break;
                    case 2:
                        payload.Insert(at, (byte)random.Next(256));
                        break;
                    default:
                        payload.InsertRange(at, payload.GetRange(at, Math.Min(payload.Count - at, 30)));
                        break;
                }
            }

            var message = new SourceMessage($"spBv1.0/g/{topics[random.Next(topics.Length)]}", payload.ToArray()) { Redelivered = random.Next(4) == 0 };
            foreach (var outcome in source.Parse(message, ReceivedAt))
            {
                new object?[] { outcome.Event, outcome.Rejection, outcome.StatusChange }.Count(part => part is not null).ShouldBe(1);
                if (outcome.Event?.Reading is not { } reading)
                    continue;
                readings++;
                (SensorId.IsValid(reading.SensorId) && double.IsFinite(reading.Level) && reading.Level >= 0 && reading.Unit.Length <= 16).ShouldBeTrue(reading.ToString());
                (reading.Timestamp <= ReceivedAt.AddMinutes(5) && reading.Timestamp.Year >= 2000).ShouldBeTrue(reading.ToString());
            }
        }

        // The changes leave enough in order to get through to the readings.
        readings.ShouldBeGreaterThan(payloads / 40);
    }

    private static SparkplugSource Source() =>
        TopicPattern.TryParse("spBv1.0/#", out var pattern) ? new(pattern, new(), null, null, "Sources:0") : throw new InvalidOperationException();
}
