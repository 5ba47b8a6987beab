using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Connections;

/// <summary>The brokers and sources. Fetched again when the server's state changes, at most every two seconds, and otherwise every ten.</summary>
public sealed partial class ConnectionsPage : LiveComponent
{
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(2);

    // A client that connects to the embedded broker and sends nothing does not change the server's state.
    private static readonly TimeSpan MaximumInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _leaving = new();
    private readonly List<IDisposable> _keeping = [];
    private ConnectionStatus[]? _connections;
    private SourceStatus[]? _sources;
    private ServerStatus? _fetchedFor;
    private long _fetchedAt;
    private bool _fetching;
    private string? _fault;

    [Inject]
    private IConnectionApi Api { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private PrerenderedState Prerendered { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            _keeping.Add(Prerendered.Keep("connections", () => _connections, DashboardJson.Default.ConnectionStatusArray));
            _keeping.Add(Prerendered.Keep("sources", () => _sources, DashboardJson.Default.SourceStatusArray));
        }
        else if (Prerendered.TryTake("connections", DashboardJson.Default.ConnectionStatusArray, out var connections)
                 && Prerendered.TryTake("sources", DashboardJson.Default.SourceStatusArray, out var sources))
        {
            (_connections, _sources) = (connections, sources);
        }

        await FetchAsync();
    }

    /// <inheritdoc/>
    protected override bool FleetChanged()
    {
        var age = Time.GetElapsedTime(_fetchedAt);
        if (!_fetching && !Fleet.IsLost && age >= MinimumInterval && (age >= MaximumInterval || Fleet.View?.Status != _fetchedFor || _fault is not null))
            _ = InvokeAsync(FetchAsync);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _keeping.ForEach(keeping => keeping.Dispose());
        base.Dispose(disposing);
    }

    private async Task FetchAsync()
    {
        _fetching = true;
        _fetchedFor = Fleet.View?.Status;
        try
        {
            var connections = Api.GetConnectionsAsync(_leaving.Token);
            var sources = Api.GetSourcesAsync(_leaving.Token);
            (_connections, _sources, _fault) = (await connections, await sources, null);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (HttpRequestException e)
        {
            _fault = e.Message;
        }
        finally
        {
            _fetching = false;
            _fetchedAt = Time.GetTimestamp();
        }

        StateHasChanged();
    }
}
