using Microsoft.Extensions.Logging.Abstractions;
using VibeDash.Server.Mqtt.Embedded;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class EmbeddedBrokerConnectionsTests
{
    private readonly EmbeddedBrokerConnections _connections = new(TimeProvider.System, NullLogger<EmbeddedBrokerConnections>.Instance);

    [Fact]
    public void Too_many_that_say_nothing_make_room_the_oldest_first_and_one_that_has_spoken_stays()
    {
        var spoken = Add();
        _connections.Connected(spoken);
        Connection[] silent = [.. Enumerable.Range(0, EmbeddedBrokerLimits.SilentConnections + 2).Select(_ => Add())];

        silent.Count(connection => connection.Closed).ShouldBe(2);
        (silent[0].Closed, silent[1].Closed, spoken.Closed).ShouldBe((true, true, false));
    }

    [Fact]
    public void With_all_places_taken_by_clients_that_have_spoken_a_new_one_is_closed_until_one_leaves()
    {
        var spoken = Add();
        _connections.Connected(spoken);
        for (var i = 1; i < EmbeddedBrokerLimits.Connections; i++)
            _connections.Connected(Add());
        _connections.TryAdd(new Connection()).ShouldBeFalse();

        _connections.Remove(spoken);

        _connections.TryAdd(new Connection()).ShouldBeTrue();
    }

    private Connection Add()
    {
        var connection = new Connection();
        _connections.TryAdd(connection).ShouldBeTrue();
        return connection;
    }

    private sealed class Connection : IDisposable
    {
        public bool Closed { get; private set; }

        public void Dispose() => Closed = true;
    }
}
