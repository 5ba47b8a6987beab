using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Notes;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Server.Tests.Pipeline;

namespace VibeDash.Server.Tests.Notes;

/// <summary>A note whose commit was attempted more than once is written once.</summary>
public sealed class NoteCommandTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_written_once_whether_the_first_attempt_reached_the_disk_or_not(bool firstAttemptReachedTheDisk)
    {
        await using (var sensor = await TestSensor.ConnectAsync(Broker))
            await sensor.PublishAsync(TestSensor.Event(4, Noon));
        await Server.WorkedOnAsync(1);
        using var runner = new TransactionRunner(Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>());
        var add = new AddNoteCommand("VB-1", new(Noon, null, NoteKind.Remark, "Noise"), new("Ada"), Noon);
        var note = (await RetriedAsync(runner, add, firstAttemptReachedTheDisk)).Value!;

        var delete = new DeleteNoteCommand(note.Id, new("Bob"), Noon);
        (await RetriedAsync(runner, delete, firstAttemptReachedTheDisk)).Refusal.ShouldBeNull();

        (await Server.GetAsync<NoteChange[]>("api/v1/sensors/VB-1/notes/journal"))!.Select(change => change.Action).ShouldBe([NoteAction.Deleted, NoteAction.Added]);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    // The commit of the first attempt fails to report its outcome.
    private static async Task<Answer<Note>> RetriedAsync(TransactionRunner runner, NoteCommand command, bool firstAttemptReachedTheDisk)
    {
        runner.Run(firstAttemptReachedTheDisk, command);
        runner.Fail();
        runner.Run(commit: true, command);
        command.Committed();
        return await command.Completion;
    }
}
