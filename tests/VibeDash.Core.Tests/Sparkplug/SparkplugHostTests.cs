using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Sparkplug;

namespace VibeDash.Core.Tests.Sparkplug;

/// <summary>State of edge nodes: readings, rejections and status changes for each message, in short form.</summary>
public sealed class SparkplugHostTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SparkplugShape _shape = new();
    private SparkplugHost? _host;
    private DateTimeOffset _now = Noon;

    private SparkplugHost Host => _host ??= new(_shape);

    [Fact]
    public void A_birth_brings_its_sensors_online_and_its_values_are_readings()
    {
        var answer = Say("NBIRTH/n", 0, Metric("bdSeq", 7, unit: null), Metric("Node Control/Rebirth", 0, unit: null), Metric("Vibration/RMS", 2.5, alias: 1));

        Told(answer).ShouldBe(["online g:n:Vibration-RMS", "g:n:Vibration-RMS 2.5 mm/s"]);
        answer.AskForRebirth.ShouldBeFalse();
        var facts = answer.Outcomes[1].Event!.Value.Facts;
        (facts.Location, facts.Source).ShouldBe(("g, n", "spBv1.0/g/n"));
        Told(Say("DBIRTH/n/pump 1", 1, Metric("rms", 3, alias: 2))).ShouldBe(["online g:n:pump 1:rms", "g:n:pump 1:rms 3 mm/s"]);
    }

    [Fact]
    public void Data_is_resolved_by_the_alias_of_its_owner_and_by_name()
    {
        Born();

        Told(Say("NDATA/n", 2, Alias(1, 4))).ShouldBe(["g:n:rms 4 mm/s"]);
        Told(Say("DDATA/n/d", 3, Alias(1, 5))).ShouldBe(["g:n:d:rms 5 mm/s"]);
        Told(Say("DDATA/n/d", 4, Metric("rms", 6, unit: null))).ShouldBe(["g:n:d:rms 6 mm/s"]);
    }

    [Fact]
    public void What_is_not_good_is_a_reading_of_its_own_even_without_a_value()
    {
        Born();

        Quality(Alias(1, 4)).ShouldBe((4, ReadingQuality.Good));
        Quality(Alias(1, 5) with { Quality = ReadingQuality.Bad }).ShouldBe((5, ReadingQuality.Bad));
        Quality(Alias(1, -5) with { Quality = ReadingQuality.Stale }).ShouldBe((0, ReadingQuality.Stale));
        Quality(Alias(1, 4) with { Quality = ReadingQuality.Bad, IsNull = true }).ShouldBe((0, ReadingQuality.Bad));
        Say("NDATA/n", 6, Alias(1, 4) with { IsNull = true }).Outcomes.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_gap_nothing_is_asked_for_and_the_numbers_begin_anew_after_255()
    {
        Born();

        for (var number = 2; number < 600; number++)
            Say("DDATA/n/d", number % 256, Alias(1, number)).AskForRebirth.ShouldBeFalse($"{number}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(null)]
    public void A_gap_asks_for_a_rebirth_and_the_data_is_kept(int? number)
    {
        Born();

        var answer = Say("DDATA/n/d", number, Alias(1, 4));

        (Told(answer).Single(), answer.AskForRebirth).ShouldBe(("g:n:d:rms 4 mm/s", true));
    }

    [Fact]
    public void A_rebirth_is_asked_for_again_after_a_while_until_it_comes()
    {
        Born();
        Say("DDATA/n/d", 9, Alias(1, 4)).AskForRebirth.ShouldBeTrue();
        Say("DDATA/n/d", 10, Alias(1, 4)).AskForRebirth.ShouldBeFalse();
        _now += SparkplugHost.MinimumBetweenRequests;
        Say("DDATA/n/d", 11, Alias(1, 4)).AskForRebirth.ShouldBeTrue();

        _now += SparkplugHost.MinimumBetweenRequests;
        Born();
        Say("DDATA/n/d", 2, Alias(1, 4)).AskForRebirth.ShouldBeFalse();
    }

    [Fact]
    public void A_redelivery_is_no_gap()
    {
        Born();
        Say("DDATA/n/d", 2, Alias(1, 4));
        Say("DDATA/n/d", 3, Alias(1, 5));

        Say("DDATA/n/d", 2, redelivered: true, Alias(1, 4)).AskForRebirth.ShouldBeFalse();
        Say("DDATA/n/d", 3, redelivered: true, Alias(1, 5)).AskForRebirth.ShouldBeFalse();
        Say("DDATA/n/d", 4, redelivered: true, Alias(1, 6)).AskForRebirth.ShouldBeFalse();
        Say("DDATA/n/d", 5, Alias(1, 6)).AskForRebirth.ShouldBeFalse();
    }

    [Theory]
    [InlineData("NDATA/other")]
    [InlineData("DDATA/other/d")]
    [InlineData("DDATA/n/other")]
    public void Data_of_what_was_never_born_is_rejected_and_asks_for_a_rebirth(string topic)
    {
        Born();

        var answer = Say(topic, 2, Alias(1, 4));

        (Told(answer).Single(), answer.AskForRebirth).ShouldBe((nameof(RejectionReason.UnknownMetric), true));
    }

    [Fact]
    public void Of_data_with_an_unknown_alias_the_rest_is_kept()
    {
        Born();

        var answer = Say("DDATA/n/d", 2, Alias(1, 4), Alias(99, 4));

        (string.Join("; ", Told(answer)), answer.AskForRebirth).ShouldBe(("g:n:d:rms 4 mm/s; UnknownMetric", true));
    }

    [Fact]
    public void A_device_that_is_born_before_its_node_is_known_asks_for_the_nodes_birth_and_is_read()
    {
        var answer = Say("DBIRTH/n/d", 17, Metric("rms", 3, alias: 1));

        (Told(answer)[^1], answer.AskForRebirth).ShouldBe(("g:n:d:rms 3 mm/s", true));
        Told(Say("DDATA/n/d", 18, Alias(1, 4))).ShouldBe(["g:n:d:rms 4 mm/s"]);
    }

    [Fact]
    public void The_death_of_a_device_is_that_of_its_sensors_and_at_its_own_time()
    {
        Born();

        var answer = Say("DDEATH/n/d", 2);

        Told(answer).ShouldBe(["offline g:n:d:*"]);
        answer.Outcomes.Single().StatusChange!.At.ShouldBe(Sent);
        Told(Say("DDATA/n/d", 3, Alias(1, 4))).ShouldBe([nameof(RejectionReason.UnknownMetric)]);
        Told(Say("NDATA/n", 4, Alias(1, 4))).ShouldBe(["g:n:rms 4 mm/s"]);
    }

    [Fact]
    public void The_death_of_a_node_is_that_of_all_its_sensors_when_it_arrives()
    {
        Born(bdSeq: 7);

        var answer = Say("NDEATH/n", null, Metric("bdSeq", 7, unit: null));

        Told(answer).ShouldBe(["offline g:n:*"]);
        answer.Outcomes.Single().StatusChange!.At.ShouldBe(Noon);
        Told(Say("DDATA/n/d", 2, Alias(1, 4))).ShouldBe([nameof(RejectionReason.UnknownMetric)]);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(null, true)]
    public void A_will_of_an_earlier_connection_is_ignored(int? bdSeq, bool counts)
    {
        Born(bdSeq: 7);

        var answer = Say("NDEATH/n", null, bdSeq is { } number ? [Metric("bdSeq", number, unit: null)] : []);

        answer.Outcomes.Count.ShouldBe(counts ? 1 : 0);
        Told(Say("DDATA/n/d", 2, Alias(1, 4))).Single().ShouldBe(counts ? nameof(RejectionReason.UnknownMetric) : "g:n:d:rms 4 mm/s");
    }

    [Fact]
    public void The_death_of_a_node_that_is_not_known_counts() =>
        Told(Say("NDEATH/n", null, Metric("bdSeq", 7, unit: null))).ShouldBe(["offline g:n:*"]);

    [Fact]
    public void A_birth_of_the_node_takes_its_devices_with_it_until_they_are_born_again()
    {
        Born();
        Say("NBIRTH/n", 0, Metric("rms", 1, alias: 1));

        Told(Say("DDATA/n/d", 1, Alias(1, 4))).ShouldBe([nameof(RejectionReason.UnknownMetric)]);
    }

    [Fact]
    public void What_is_no_number_or_has_no_value_is_no_reading() =>
        Told(Say("NBIRTH/n", 0, Metric("Serial", 1) with { Datatype = (SparkplugDatatype)12 }, Metric("rms", 1, alias: 2) with { IsNull = true }))
            .ShouldBe(["online g:n:rms"]);

    [Fact]
    public void A_repeated_metric_is_a_fault_only_when_it_is_a_reading()
    {
        var host = new SparkplugHost(new() { BaselineMetric = "base" });

        var births = Say(host, "NBIRTH/n", 0, Metric("bdSeq", 0), Metric("bdSeq", 0), Metric("rms", 1), Metric("rms", 1), Metric("base", 1), Metric("base", 1));

        births.Outcomes.Select(outcome => outcome.Rejection?.Detail).OfType<string>().ShouldBe(["The birth has the metric rms twice.", "The birth has the metric base twice."]);
    }

    [Fact]
    public void Metrics_can_be_chosen_and_then_must_be_numbers()
    {
        var host = new SparkplugHost(new() { Metrics = ["*vibration*", "Serial"], Unit = "g", Multiplier = 0.001 });

        var answer = Say(host, "NBIRTH/n", 0, Metric("a vibration b", 1500), Metric("Vibration", 1), Metric("Temperature", -5), Metric("Serial", 1) with { Datatype = (SparkplugDatatype)12 });

        Told(answer).ShouldBe(["online g:n:a vibration b", "g:n:a vibration b 1.5 g", nameof(RejectionReason.InvalidField)]);
        answer.Outcomes[^1].Rejection!.Detail.ShouldBe("The metric Serial is no number.");
    }

    [Fact]
    public void The_baseline_can_be_a_sibling_wherever_in_the_message_it_is()
    {
        var host = new SparkplugHost(new() { BaselineMetric = "base", Multiplier = 2 });

        Say(host, "NBIRTH/n", 0, Metric("rms", 3, alias: 1), Metric("base", 1, alias: 2)).Outcomes[1].Event!.Value.Reading.Baseline.ShouldBe(2);
        Say(host, "NDATA/n", 1, Alias(1, 3), Alias(2, 1.5)).Outcomes.Single().Event!.Value.Reading.Baseline.ShouldBe(3);
        Say(host, "NDATA/n", 2, Alias(1, 3)).Outcomes.Single().Event!.Value.Reading.Baseline.ShouldBe(3);
        Say(host, "NDATA/n", 3, Alias(1, 3), Alias(2, -1)).Outcomes.Single().Event!.Value.Reading.Baseline.ShouldBe(0);
    }

    [Fact]
    public void A_baseline_that_is_too_large_is_refused_and_unknown()
    {
        var host = new SparkplugHost(new() { BaselineMetric = "base", Multiplier = 2 });
        Say(host, "NBIRTH/n", 0, Metric("rms", 3, alias: 1), Metric("base", 1, alias: 2));

        var answer = Say(host, "NDATA/n", 1, Alias(1, 3), Alias(2, 6e11));

        Told(answer).ShouldBe([nameof(RejectionReason.InvalidNumber), "g:n:rms 6 mm/s"]);
        answer.Outcomes[0].Rejection!.Detail.ShouldBe("Metric base: The baseline must not be beyond 1,000,000,000,000.");
        answer.Outcomes[1].Event!.Value.Reading.Baseline.ShouldBe(0);
    }

    [Fact]
    public void A_metric_without_a_unit_is_refused_with_every_value_and_asks_for_nothing()
    {
        Say("NBIRTH/n", 0, Metric("rms", 1, alias: 1, unit: null)).Outcomes.Single().Rejection!.Detail
            .ShouldBe("The metric rms has no property engUnit, and its source no Unit.");

        var answer = Say("NDATA/n", 1, Alias(1, 1));

        (Told(answer).Single(), answer.AskForRebirth).ShouldBe((nameof(RejectionReason.MissingField), false));
    }

    [Theory]
    [InlineData(-1d, RejectionReason.InvalidNumber)]
    [InlineData(double.NaN, RejectionReason.InvalidNumber)]
    [InlineData(double.PositiveInfinity, RejectionReason.InvalidNumber)]
    [InlineData(1e307, RejectionReason.InvalidNumber)]
    public void A_value_that_is_no_level_is_rejected(double value, RejectionReason reason) =>
        Told(Say("NBIRTH/n", 0, Metric("rms", value)))[^1].ShouldBe(reason.ToString());

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    public void A_timestamp_out_of_bounds_is_rejected(ulong timestamp) =>
        Told(Say("NBIRTH/n", 0, Metric("rms", 1) with { Timestamp = timestamp }))[^1].ShouldBe(nameof(RejectionReason.TimestampOutOfRange));

    [Fact]
    public void The_same_value_has_the_same_key_again_and_without_any_time_that_of_its_packet()
    {
        Born();
        var first = Say("DDATA/n/d", 2, Alias(1, 4)).Outcomes.Single().Event!.Value.Reading;
        Say("DDATA/n/d", 2, redelivered: true, Alias(1, 4)).Outcomes.Single().Event!.Value.Reading.ShouldBe(first);

        var timeless = Host.Receive(
            Topic("DDATA/n/d"), new(null, 3, null, [Alias(1, 4) with { Timestamp = null }]), new("", default) { PacketId = 9, Redelivered = true }, _now).Outcomes.Single();
        (timeless.Event!.Value.Reading.Timestamp, timeless.Event.Value.Reading.EventId, timeless.MayBeStored).ShouldBe((Noon, "9:4", true));
    }

    [Theory]
    [InlineData("NBIRTH/n:1", "NBIRTH/n+1")]
    [InlineData("NBIRTH/n 1", "NBIRTH/n 1 ", false)]
    [InlineData("DBIRTH/n/d:1", "DBIRTH/n/d-1")]
    public void Names_that_would_give_the_same_sensors_are_refused(string first, string second, bool alike = true)
    {
        Told(Say(first, 0, Metric("rms", 1)))[0].ShouldStartWith("online");

        Told(Say(second, 1, Metric("rms", 1)))[0].ShouldStartWith(alike ? nameof(RejectionReason.InvalidSensorId) : "online");
    }

    [Fact]
    public void Of_metrics_that_would_be_the_same_sensor_the_first_is_it() =>
        Told(Say("NBIRTH/n", 0, Metric("a/b", 1), Metric("a-b", 2))).ShouldBe(["online g:n:a-b", "g:n:a-b 1 mm/s", nameof(RejectionReason.InvalidSensorId)]);

    [Fact]
    public void A_sensor_id_that_would_be_too_long_is_refused() =>
        Told(Say("NBIRTH/n", 0, Metric(new string('x', 128), 1))).ShouldBe([nameof(RejectionReason.InvalidSensorId)]);

    [Fact]
    public void A_retained_message_is_refused() =>
        Host.Receive(Topic("NBIRTH/n"), new(null, 0, null, [Metric("rms", 1)]), new("", default) { Retained = true }, _now)
            .Outcomes.Single().Rejection!.Detail.ShouldContain("retained");

    [Fact]
    public void A_message_has_a_thousand_readings_at_most_and_sixteen_rejections_are_told()
    {
        var answer = Say("NBIRTH/n", 0, [.. Enumerable.Range(0, 1100).Select(i => Metric($"m{i}", 1))]);

        answer.Outcomes.Count(outcome => outcome.Event is not null).ShouldBe(PayloadProfile.MaximumReadings);
        answer.Outcomes.Count(outcome => outcome.Rejection is not null).ShouldBe(PayloadProfile.MaximumRejections);
        answer.Outcomes.Last(outcome => outcome.Rejection is not null).Rejection!.Detail.ShouldContain("So are 84 more");
    }

    [Fact]
    public void A_node_has_no_more_metrics_than_are_kept()
    {
        SparkplugMetric[] many = [.. Enumerable.Range(0, SparkplugHost.MaximumMetricsOfNode).Select(i => Metric($"m{i}", 1) with { IsNull = true })];
        Told(Say("NBIRTH/n", 0, many))[^1].ShouldStartWith("online");

        Told(Say("DBIRTH/n/d", 1, Metric("rms", 1))).ShouldBe([nameof(RejectionReason.TooManyMetrics)]);
        Told(Say("NBIRTH/n", 0, [.. many, Metric("rms", 1)])).ShouldBe([nameof(RejectionReason.TooManyMetrics)]);
    }

    [Fact]
    public void All_nodes_together_have_no_more_metrics_than_are_kept_and_a_death_gives_room()
    {
        SparkplugMetric[] many = [.. Enumerable.Range(0, SparkplugHost.MaximumMetricsOfNode).Select(i => Metric($"m{i}", 1) with { IsNull = true })];
        for (var node = 0; node < SparkplugHost.MaximumMetrics / SparkplugHost.MaximumMetricsOfNode; node++)
            Told(Say($"NBIRTH/n{node}", 0, many))[^1].ShouldStartWith("online");

        Told(Say("NBIRTH/n", 0, Metric("rms", 1))).ShouldBe([nameof(RejectionReason.TooManyMetrics)]);
        Say("NDEATH/n3", null);
        Told(Say("NBIRTH/n", 0, Metric("rms", 1)))[^1].ShouldBe("g:n:rms 1 mm/s");
    }

    [Fact]
    public void There_are_no_more_nodes_than_are_kept_and_a_dead_one_makes_room()
    {
        for (var node = 0; node < SparkplugHost.MaximumNodes; node++)
            Say($"NBIRTH/n{node}", 0, Metric("rms", 1)).Outcomes.Count.ShouldBe(2);

        Told(Say("NBIRTH/n", 0, Metric("rms", 1))).ShouldBe([nameof(RejectionReason.TooManyMetrics)]);
        Say("NDEATH/n3", null);
        Told(Say("NBIRTH/n", 0, Metric("rms", 1)))[^1].ShouldBe("g:n:rms 1 mm/s");
    }

    [Theory]
    [InlineData("spBv1.0/g/NDATA/n", true)]
    [InlineData("spBv1.0/g/DDATA/n/d", true)]
    [InlineData("spBv1.0/STATE/host", true)]
    [InlineData("spBv1.0/g/DDATA/n", false)]
    [InlineData("spBv1.0/g/NDATA/n/d", false)]
    [InlineData("spBv1.0/g/NDATA/", false)]
    [InlineData("spAv1.0/g/NDATA/n", false)]
    [InlineData("spBv1.0/g/ndata/n", false)]
    public void Topics_are_told_apart(string topic, bool known) => (SparkplugTopic.Parse(topic) is not null).ShouldBe(known);

    private static DateTimeOffset Sent => Noon.AddSeconds(-1);

    private (double Level, ReadingQuality Quality) Quality(SparkplugMetric metric) =>
        Say("NDATA/n", null, metric).Outcomes.ShouldHaveSingleItem().Event!.Value.Reading is var reading ? (reading.Level, reading.Quality) : default;

    private void Born(int bdSeq = 1)
    {
        Say("NBIRTH/n", 0, Metric("bdSeq", bdSeq, unit: null), Metric("rms", 1, alias: 1));
        Say("DBIRTH/n/d", 1, Metric("rms", 1, alias: 1));
    }

    private SparkplugAnswer Say(string topic, int? number, params SparkplugMetric[] metrics) => Say(Host, topic, number, metrics);

    private SparkplugAnswer Say(string topic, int? number, bool redelivered, params SparkplugMetric[] metrics) => Say(Host, topic, number, redelivered, metrics);

    private SparkplugAnswer Say(SparkplugHost host, string topic, int? number, params SparkplugMetric[] metrics) => Say(host, topic, number, redelivered: false, metrics);

    private SparkplugAnswer Say(SparkplugHost host, string topic, int? number, bool redelivered, SparkplugMetric[] metrics) =>
        host.Receive(Topic(topic), new((ulong)Sent.ToUnixTimeMilliseconds(), (ulong?)number, null, metrics), new("", default) { Redelivered = redelivered }, _now);

    // NBIRTH/n is the topic spBv1.0/g/NBIRTH/n.
    private static SparkplugTopic Topic(string text) => SparkplugTopic.Parse($"spBv1.0/g/{text}").ShouldNotBeNull();

    // bdSeq is an integer, all others are doubles.
    private static SparkplugMetric Metric(string name, double value, ulong? alias = null, string? unit = "mm/s") => name == "bdSeq"
        ? new(name, alias, null, SparkplugDatatype.UInt64, false, new(SparkplugValueKind.Whole64, (ulong)value), unit)
        : new(name, alias, null, SparkplugDatatype.Double, false, new(SparkplugValueKind.Real64, BitConverter.DoubleToUInt64Bits(value)), unit);

    private static SparkplugMetric Alias(ulong alias, double value) =>
        new(null, alias, null, SparkplugDatatype.Unknown, false, new(SparkplugValueKind.Real64, BitConverter.DoubleToUInt64Bits(value)), null);

    private static string[] Told(SparkplugAnswer answer) =>
    [
        .. answer.Outcomes.Select(outcome => outcome switch
        {
            { Event.Reading: { } reading } => $"{reading.SensorId} {reading.Level} {reading.Unit}",
            { Rejection: { } rejection } => rejection.Reason.ToString(),
            { StatusChange: { } change } => $"{(change.IsOnline ? "online" : "offline")} {change.SensorId}{(change.IsPrefix ? "*" : "")}",
            _ => "",
        }),
    ];
}
