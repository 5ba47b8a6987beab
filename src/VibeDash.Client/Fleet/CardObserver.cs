using Microsoft.JSInterop;

namespace VibeDash.Client.Fleet;

/// <summary>Learns from the browser which cards are on the screen or about to be. Not thread-safe: the browser has one thread.</summary>
/// <param name="js">The browser.</param>
/// <param name="saw">Called with the numbers of the cards that have come into view, and of those that have gone from it.</param>
public sealed class CardObserver(IJSRuntime js, Func<int[], int[], Task> saw) : IAsyncDisposable
{
    private DotNetObjectReference<CardObserver>? _self;
    private Task<IJSObjectReference>? _starting;

    /// <summary>Observes all cards of the page; call when there may be new ones.</summary>
    /// <returns>False when the browser could not load what it takes, as while the server is away: call again.</returns>
    public async Task<bool> LookAsync()
    {
        try
        {
            await (await (_starting ??= StartAsync())).InvokeVoidAsync("look");
            return true;
        }
        catch (JSException)
        {
            _starting = null;
            return false;
        }
    }

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task SawAsync(int[] come, int[] gone) => saw(come, gone);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_starting is not null)
            {
                var observer = await _starting;
                await observer.InvokeVoidAsync("dispose");
                await observer.DisposeAsync();
            }
        }
        catch (JSException)
        {
            // Without the observer there is nothing to end.
        }

        _self?.Dispose();
    }

    private async Task<IJSObjectReference> StartAsync()
    {
        _self = DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./Fleet/FleetPage.razor.js");
        return await module.InvokeAsync<IJSObjectReference>("observe", _self);
    }
}
