using System.Diagnostics;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class MosquittoSourcesTests : SourcesTests
{
    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: Settings);

    [Fact]
    public async Task A_message_of_a_subscription_that_is_no_longer_configured_is_a_dead_letter()
    {
        await StopServerAsync();
        await using var changed = await TestServer.StartAsync(Folder, Broker, ("Sources:0:TopicFilter", "elsewhere/+"));
        await changed.ConnectedToBrokerAsync();
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, TimeProvider.System.GetUtcNow()));

        await changed.WorkedOnAsync(1);
        (await changed.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem().Reason.ShouldBe(RejectionReason.UnknownTopic);
    }

    [Fact]
    public async Task A_number_that_the_broker_had_retained_is_not_a_new_reading()
    {
        await StopServerAsync();
        using (var publisher = Process.Start(
                   Programs.Find("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-r", "-t", "other/VB-1", "-m", "2.5"]))
            await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);

        await using var changed = await TestServer.StartAsync(
            Folder, Broker, ("Sources:0:TopicFilter", "other/{sensor}"), ("Sources:0:Profile", "Number"), ("Sources:0:Unit", "g"));

        var status = await changed.WorkedOnAsync(1);
        (status.Stored, status.Rejected).ShouldBe((0, 1));
        (await changed.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem().Reason.ShouldBe(RejectionReason.RetainedWithoutTimestamp);
    }
}
