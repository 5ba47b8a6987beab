using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Core.Tests.People;

public sealed class PlaceLimitTests
{
    [Theory]
    [InlineData("Hall 2", "Hall 2, Line 1, Pump", true)]
    [InlineData("Hall 2", "hall 2 ,Pump", true)]
    [InlineData("Hall 2", "Hall 2", true)]
    [InlineData("Hall 2", "Hall 21, Pump", false)]
    [InlineData("Hall 2", "Hall 1, Pump", false)]
    [InlineData("Hall 2", "Site, Hall 2, Pump", false)]
    [InlineData("Hall 2", "", false)]
    [InlineData("Hall 2", null, false)]
    [InlineData(" hall 2 , line 1 ", "Hall 2, Line 1, Pump", true)]
    [InlineData("Hall 2, Line 1", "Hall 2, Line 10, Pump", false)]
    [InlineData("Hall 1\nHall 3", "Hall 3, Pump", true)]
    public void A_place_covers_the_locations_that_begin_with_it(string places, string? location, bool covers) =>
        PlaceLimit.Of(places.Split('\n'))!.Covers(location).ShouldBe(covers);

    [Fact]
    public void No_places_are_no_limit_and_blank_ones_cover_nothing()
    {
        PlaceLimit.Of(null).ShouldBeNull();
        PlaceLimit.Of([]).ShouldBeNull();
        PlaceLimit.Parse(null).ShouldBeNull();
        PlaceLimit.Of([" "])!.Covers("Hall 1").ShouldBeFalse();
        PlaceLimit.Parse("")!.Covers("Hall 1").ShouldBeFalse();
    }

    [Fact]
    public void Equal_limits_have_equal_texts() => PlaceLimit.Of(["Hall 2", "Hall 1 , Line 1"])!.Text.ShouldBe(PlaceLimit.Of(["Hall 1,Line 1", "Hall 2", "hall 2"])!.Text);

    [Fact]
    public void A_common_alert_is_shown_where_it_may_concern_a_sensor_and_held_where_it_concerns_no_other()
    {
        var limit = PlaceLimit.Of(["Hall 2, Line 1"])!;

        limit.Shows(CommonSubject.All, null).ShouldBeTrue();
        limit.Shows(CommonSubject.OfSender("Gateway 7"), null).ShouldBeTrue();
        limit.Shows(CommonSubject.OfPlace("Hall 2"), null).ShouldBeTrue();
        limit.Shows(CommonSubject.OfPlace("Hall 2, Line 1, Cell 3"), null).ShouldBeTrue();
        limit.Shows(CommonSubject.OfPlace("Hall 1"), null).ShouldBeFalse();
        limit.Shows("VB-1", "Hall 2, Line 1, Pump").ShouldBeTrue();
        limit.Shows("VB-1", null).ShouldBeFalse();

        limit.Holds(CommonSubject.All, null).ShouldBeFalse();
        limit.Holds(CommonSubject.OfSender("Hall 2, Line 1"), null).ShouldBeFalse();
        limit.Holds(CommonSubject.OfPlace("Hall 2"), null).ShouldBeFalse();
        limit.Holds(CommonSubject.OfPlace("Hall 2, Line 1, Cell 3"), null).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ScopeKind.All, "", true, false)]
    [InlineData(ScopeKind.Model, "X1", true, false)]
    [InlineData(ScopeKind.Label, "critical", true, false)]
    [InlineData(ScopeKind.Location, "Hall", false, false)]
    [InlineData(ScopeKind.Location, "Hall 2", true, true)]
    [InlineData(ScopeKind.Location, "Site A, Hall 3", false, false)]
    [InlineData(ScopeKind.Location, "Site A", true, false)]
    [InlineData(ScopeKind.Machine, "Hall 2, Pump", true, true)]
    [InlineData(ScopeKind.Machine, "Hall 1, Pump", false, false)]
    [InlineData(ScopeKind.Sensor, "here", true, true)]
    [InlineData(ScopeKind.Sensor, "there", false, false)]
    [InlineData(ScopeKind.Sensor, "twice", true, false)]
    [InlineData(ScopeKind.Sensor, "unknown", false, false)]
    public void A_rule_is_shown_that_may_concern_a_sensor_and_held_that_concerns_no_other(ScopeKind kind, string value, bool shows, bool holds)
    {
        var limit = PlaceLimit.Of(["Hall 2", "Site A, Hall 1"])!;
        Func<string, IEnumerable<string>> locationsOf = sensorId => sensorId switch
        {
            "here" => ["Hall 2, Pump"], "there" => ["Hall 1, Pump"], "twice" => ["Hall 2, Pump", "Hall 1, Pump"], _ => [],
        };

        limit.Shows(new AlertScope(kind, value), locationsOf).ShouldBe(shows);
        limit.Holds(new AlertScope(kind, value), locationsOf).ShouldBe(holds);
    }

    [Fact]
    public void Typed_places_are_checked()
    {
        PlaceLimit.Fault("places", null).ShouldBeNull();
        PlaceLimit.Fault("places", ["Hall 1"]).ShouldBeNull();
        PlaceLimit.Fault("places", [" , "])!.Code.ShouldBe(FaultCode.PlaceInvalid);
        PlaceLimit.Fault("places", ["Hall\n1"])!.Code.ShouldBe(FaultCode.PlaceInvalid);
        PlaceLimit.Fault("places", [null!])!.Code.ShouldBe(FaultCode.PlaceInvalid);
        PlaceLimit.Fault("places", [new string('x', 257)])!.Code.ShouldBe(FaultCode.PlaceInvalid);
        PlaceLimit.Fault("places", [.. Enumerable.Range(0, 21).Select(i => $"Hall {i}")])!.Code.ShouldBe(FaultCode.TooManyPlaces);
    }
}
