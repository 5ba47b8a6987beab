using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Notes;
using VibeDash.Server.Notes;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Notes;

/// <summary>A note whose commit was tried more than once is written once.</summary>
public sealed class NoteWorkTests : ServerTest
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
        var add = new NoteCommand("VB-1", 0, new(Noon, null, NoteKind.Remark, "Noise", "Ada"), "Ada", Noon);
        Attempt(add, commit: firstAttemptReachedTheDisk).Count.ShouldBe(1);
        Attempt(add, commit: true).ShouldBe([add.Written!]);

        var delete = new NoteCommand(null, add.Result!.Note!.Id, null, "Bob", Noon);
        Attempt(delete, commit: firstAttemptReachedTheDisk).Count.ShouldBe(1);
        Attempt(delete, commit: true).ShouldBe([delete.Written!]);

        (add.Result.Fault, delete.Result!.Fault).ShouldBe((null, null));
        (await Server.GetAsync<NoteChange[]>("api/v1/sensors/VB-1/notes/journal"))!.Select(change => change.Action).ShouldBe([NoteAction.Deleted, NoteAction.Added]);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    // As the event loop does after a fault: with the state as the database has it.
    private List<NoteChange> Attempt(NoteCommand command, bool commit)
    {
        var contexts = Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>();
        using var context = contexts.CreateDbContext();
        using var writer = new EventWriter(contexts, new HistoryOptions());
        var done = new Commit();
        var batch = new Batch(StateLoader.Load(context).State, writer, maximumSensors: 10, done);
        batch.Begin();
        batch.Add(command);
        batch.Finish();
        if (commit)
            writer.Commit();
        return done.Notes;
    }
}
