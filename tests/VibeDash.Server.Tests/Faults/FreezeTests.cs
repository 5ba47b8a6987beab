using System.Net.Http.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>The server is frozen for a while and does not know it, as by a snapshot of its machine.</summary>
public sealed class FreezeTests : IDisposable
{
    private const double Silence = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-freeze-").FullName;

    [Fact]
    public async Task A_standstill_of_the_server_is_not_taken_for_silent_sensors_and_later_silences_are_raised()
    {
        var broker = new EmbeddedTestBroker();
        using var server = new ServerProcess(_folder, broker);
        await server.ReadyAsync();
        await AddRuleAsync(server);
        await using (var load = new SensorLoad(broker, rate: 200))
        {
            await load.AcknowledgedMoreAsync(500);

            await server.FreezeAsync();
            await Task.Delay(TimeSpan.FromSeconds(2 * Silence), TimeProvider.System, TestContext.Current.CancellationToken);
            await server.ThawAsync();

            await load.AcknowledgedMoreAsync(1000);
            (await SilencesAsync(server)).ShouldBe(0);
            await load.StopAsync();
        }

        await Eventually.TrueAsync(async () => await SilencesAsync(server) > 40, "all sensors are silent now");
        (await server.TerminateAsync()).ShouldBe(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task AddRuleAsync(ServerProcess server)
    {
        var rule = new AlertRule("Silent", AlertScope.All, new(ConditionKind.NoData), [new(Severity.Warning, Silence, Silence, AlertDelay.AtOnce)]);
        using var content = JsonContent.Create(new RuleEdit(rule), DashboardJson.Default.RuleEdit);
        using var answer = await server.Http.PostAsync(new Uri("api/v1/rules", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<int> SilencesAsync(ServerProcess server) =>
        (await server.Http.GetFromJsonAsync("api/v1/alerts?limit=500", DashboardJson.Default.AlertPage, TestContext.Current.CancellationToken))!.Items.Count(alert => alert.Kind == ConditionKind.NoData);
}
