using Microsoft.JSInterop;

namespace VibeDash.Client.Fleet;

/// <summary>Observes which cards are on the screen or close to it. Not thread-safe: the browser has one thread.</summary>
/// <param name="js">The browser.</param>
/// <param name="saw">Called with the numbers of the cards that have entered and of those that have left the view.</param>
public sealed class CardObserver(IJSRuntime js, Func<int[], int[], Task> saw) : IAsyncDisposable
{
    private DotNetObjectReference<CardObserver>? _self;
    private Task<IJSObjectReference>? _starting;

    /// <summary>Observes all cards of the page. Call it when there may be new ones.</summary>
    /// <returns>False when the script could not be loaded, for example while the server is away: call again.</returns>
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
            // The observer was never created.
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
