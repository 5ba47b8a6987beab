using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.History;

/// <summary>Streams the readings of a sensor while the server compacts them.</summary>
public sealed class ReadingStreamTests : ServerTest
{
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddHours(-1);

    [Fact]
    public async Task The_count_never_falls_while_readings_go_from_the_table_into_segments()
    {
        var readings = LongRun.Count(20_000, 60_000);
        var stopping = TestContext.Current.CancellationToken;
        await PostAsync(0, 1);
        var stream = Server.Services.GetRequiredService<ReadingStream>();
        int key;
        await using (var context = await Server.Services.GetRequiredService<IDbContextFactory<VibeDashContext>>().CreateDbContextAsync(stopping))
            key = (await context.Sensors.SingleAsync(stopping)).Key;

        var posting = Task.Run(
            async () =>
            {
                for (var first = 1; first < readings; first += 1000)
                    await PostAsync(first, 1000);
            },
            stopping);
        var counts = new List<long>();
        while (!posting.IsCompleted)
            counts.Add(stream.Count(key, _start, _start.AddHours(1)));
        await posting;
        counts.Add(stream.Count(key, _start, _start.AddHours(1)));

        counts.ShouldBeInOrder();
        counts[^1].ShouldBe(readings + 1);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private Task PostAsync(int first, int count) =>
        Server.PostEventsAsync(Enumerable.Range(first, count).Select(i => TestSensor.Event(4, _start.AddMilliseconds(i))));
}
