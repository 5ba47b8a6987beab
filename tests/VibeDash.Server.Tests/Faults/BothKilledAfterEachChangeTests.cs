namespace VibeDash.Server.Tests.Faults;

public sealed class BothKilledAfterEachChangeTests : BothKilledTests
{
    [Fact]
    public Task With_a_save_after_each_change_nothing_that_was_saved_is_missing() => KilledAsync("autosave_interval 1\nautosave_on_changes true");
}
