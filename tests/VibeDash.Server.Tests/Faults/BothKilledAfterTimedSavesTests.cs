namespace VibeDash.Server.Tests.Faults;

public sealed class BothKilledAfterTimedSavesTests : BothKilledTests
{
    [Fact]
    public Task With_a_save_every_second_nothing_that_was_saved_is_missing() => KilledAsync("autosave_interval 1");
}
