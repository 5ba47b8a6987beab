using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VibeDash.Server.Refusals;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Refusals;

/// <summary>Requests that end in a fault of the server. Regression: <c>/health</c> said Healthy while half of the pages were answered with 500.</summary>
public sealed class RequestFaultTests : ServerTest
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Health_and_status_tell_of_requests_answered_with_500()
    {
        (await Server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldBe("Healthy");
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            var command = database.CreateCommand();
            command.CommandText = "ALTER TABLE NoteChanges RENAME TO Gone";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        for (var i = 0; i < 2; i++)
        {
            using var response = await Server.Http.GetAsync("api/v1/sensors/VB-1/notes/journal", TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        }

        (await Server.Http.GetStringAsync("health", TestContext.Current.CancellationToken))
            .ShouldBe("Degraded: 2 requests could not be answered in the last 5 minutes; last fault: SQLite Error 1: 'no such table: NoteChanges'.");
        var status = (await Server.FleetAsync()).Status;
        (status.RequestFaults, status.ProcessingFaults).ShouldBe((2, 0));
    }

    [Fact]
    public void A_fault_counts_for_five_minutes()
    {
        var faults = new RequestFaults(_time, NullLogger<RequestFaults>.Instance);
        faults.Read().ShouldBe((0, null));

        faults.Add("GET x", new InvalidOperationException("first"));
        faults.Add("GET x", new InvalidOperationException("second"));
        _time.Advance(TimeSpan.FromMinutes(4));
        faults.Add("GET x", new InvalidOperationException("third"));
        faults.Read().ShouldBe((3, "third"));

        _time.Advance(TimeSpan.FromMinutes(1));
        faults.Read().ShouldBe((1, "third"));

        _time.Advance(TimeSpan.FromMinutes(4));
        faults.Read().ShouldBe((0, null));
    }

    [Fact]
    public void Of_many_faults_one_a_minute_is_logged_with_their_number()
    {
        var log = new Lines();
        var faults = new RequestFaults(_time, log);

        for (var i = 0; i < 1000; i++)
            faults.Add("GET x", new InvalidOperationException("the same"));
        _time.Advance(TimeSpan.FromMinutes(1));
        faults.Add("GET x", new InvalidOperationException("the same"));

        log.Written.ShouldBe(
        [
            "A request to GET x could not be answered, because of a fault of the server; 1 since the last such line",
            "A request to GET x could not be answered, because of a fault of the server; 1000 since the last such line",
        ]);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private sealed class Lines : ILogger<RequestFaults>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
