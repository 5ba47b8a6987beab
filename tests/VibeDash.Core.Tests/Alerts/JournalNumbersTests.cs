using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class JournalNumbersTests
{
    [Fact]
    public void A_copy_can_be_thrown_away()
    {
        var committed = new JournalNumbers(7, 20);
        var copy = committed.Copy();

        (copy.NextAlertId(), copy.NextAlertId(), copy.NextPosition()).ShouldBe((8, 9, 21));
        (committed.LastAlertId, committed.LastPosition).ShouldBe((7, 20));
        (committed.NextAlertId(), committed.NextPosition()).ShouldBe((8, 21));
    }
}
