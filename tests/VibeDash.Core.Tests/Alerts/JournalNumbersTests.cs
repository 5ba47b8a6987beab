using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class JournalNumbersTests
{
    [Fact]
    public void Go_on_from_the_last_ones_without_gaps()
    {
        var numbers = new JournalNumbers(7, 20);

        (numbers.NextAlertId(), numbers.NextAlertId(), numbers.NextPosition()).ShouldBe((8, 9, 21));
        (numbers.LastAlertId, numbers.LastPosition).ShouldBe((9, 21));
    }
}
