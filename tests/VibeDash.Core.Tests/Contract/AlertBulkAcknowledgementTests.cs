using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Tests.Contract;

public sealed class AlertBulkAcknowledgementTests
{
    private static readonly AlertBulkAcknowledgement Whole = new(new AlertCriteria(), 7) { Note = "Outage", Owner = "Bob", Until = Example.Time.AddHours(1) };

    public static TheoryData<AlertBulkAcknowledgement, string, FaultCode> Impossible => new()
    {
        { Whole with { Filter = null }, "filter", FaultCode.Missing },
        { Whole with { UpTo = null }, "upTo", FaultCode.Missing },
        { Whole with { Note = new('n', AlertAction.MaximumNoteLength + 1) }, "note", FaultCode.TooLong },
        { Whole with { Owner = "a\u0007b" }, "owner", FaultCode.TextControl },
        { Whole with { Until = Example.Time }, "until", FaultCode.NotInFuture },
        { Whole with { Filter = new() { Place = new('p', AlertScope.MaximumLength + 1) } }, "filter.place", FaultCode.TooLong },
        { Whole with { Filter = new() { Machine = "a\nb" } }, "filter.machine", FaultCode.TextControl },
        { Whole with { Filter = new() { SensorId = "a\nb" } }, "filter.sensorId", FaultCode.TextControl },
    };

    [Fact]
    public void What_is_whole_is_possible() => Whole.Fault(Example.Time).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_is_not_is_refused_by_name(AlertBulkAcknowledgement acknowledgement, string field, FaultCode code) =>
        acknowledgement.Fault(Example.Time).ShouldNotBeNull().ShouldSatisfyAllConditions(fault => fault.Field.ShouldBe(field), fault => fault.Code.ShouldBe(code));
}
