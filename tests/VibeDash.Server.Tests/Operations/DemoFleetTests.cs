using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Operations;

public sealed class DemoFleetTests : ServerTest
{
    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(("Demo:Enabled", "true"));

    [Fact]
    public Task All_twelve_sensors_of_the_demo_send_and_nothing_is_rejected() => Eventually.TrueAsync(
        async () =>
        {
            var fleet = await Server.FleetAsync();
            fleet.Status.Rejected.ShouldBe(0);
            return fleet.Sensors.Length == 12 && fleet.Status.Stored > 24;
        },
        "the readings of the demo are stored");

    [Fact]
    public async Task A_new_start_of_the_server_goes_on_with_the_demo()
    {
        await RestartServerAsync();

        await Server.WorkedOnAsync(12);
    }
}
