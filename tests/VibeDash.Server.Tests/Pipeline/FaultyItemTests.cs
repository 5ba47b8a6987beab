using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>
/// Regression: an item that could not be processed, because of a fault of the server and not of the storage, stopped all ingestion and was shown as a storage fault.
/// </summary>
public sealed class FaultyItemTests : ServerTest
{
    private const int Count = EventLoop.MaximumBatch;
    private const int Faulty = Count / 2;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private EventQueue Queue => Server.Services.GetRequiredService<EventQueue>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_event_in_the_midst_of_a_batch_becomes_a_dead_letter_and_the_others_are_stored(bool onlyAtTheEndOfTheTransaction)
    {
        var committed = 0;
        var faulty = new FaultyCommand(Faulty, onlyAtTheEndOfTheTransaction);
        using (var held = await HeldCommit.StartAsync(Server))
        {
            // Collects the others in one batch.
            await held.UnderWayAsync();
            for (var i = 0; i < Count; i++)
            {
                await Queue.WriteAsync(
                    i == Faulty ? faulty : PostedEvents.Message(Event(i), Noon.AddHours(1), () => Interlocked.Increment(ref committed)), TestContext.Current.CancellationToken);
            }
        }

        var fault = await Should.ThrowAsync<CommandFaultException>(faulty.Completion);
        var reason = onlyAtTheEndOfTheTransaction ? "constraint" : "a bug of the server";
        fault.InnerException!.GetBaseException().Message.ShouldContain(reason);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref committed) == Count - 1), "all others are committed");
        var status = (await Server.FleetAsync()).Status;
        (status.Stored, status.StorageFault, status.ProcessingFaults).ShouldBe((Count - 1, null, 1));
        status.LastProcessingFault.ShouldNotBeNullOrEmpty();
        (await Server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldStartWith("Degraded: 1 messages or commands could not be processed");
    }

    [Fact]
    public async Task A_message_whose_processing_throws_is_a_dead_letter_that_names_the_fault()
    {
        var message = new SourceMessageOfFault();
        await Queue.WriteAsync(message.Item, TestContext.Current.CancellationToken);
        await message.Committed;

        var letter = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(RejectionReason.ProcessingFailed);
        letter.Detail.ShouldStartWith("The server could not process it: ");
        message.Item.Result!.Outcome.ShouldBe(EventOutcome.Rejected);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static byte[] Event(int i) => Encoding.UTF8.GetBytes(TestSensor.Event(4, Noon.AddSeconds(i)));

    /// <summary>A command with a bug, either in its own work or at the end of the transaction.</summary>
    private sealed class FaultyCommand(int number, bool onlyAtTheEndOfTheTransaction) : Command<int>(new("Ada"), Noon)
    {
        protected override int Execute(PipelineTransaction transaction)
        {
            if (!onlyAtTheEndOfTheTransaction)
                throw new InvalidOperationException("a bug of the server");

            // A null that the schema forbids is detected when the transaction is completed.
            transaction.Storage.Changes().Add(new OutOfService(number, null, null, Reason: null!, "Ada", Noon, null));
            return 0;
        }
    }

    /// <summary>An event without facts, which no parser creates.</summary>
    private sealed class SourceMessageOfFault
    {
        private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SourceMessageOfFault()
        {
            var parsed = PostedEvents.Message(Event(0), Noon, () => { }).Outcome.Event!.Value;
            Item = new(new(new("http", Event(0)), TimeProvider.System.GetUtcNow()), new(parsed with { Facts = null! }, null), _ => _committed.SetResult());
        }

        public InboundMessage Item { get; }

        public Task Committed => _committed.Task;
    }
}
