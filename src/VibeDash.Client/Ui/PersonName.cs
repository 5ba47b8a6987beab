using Microsoft.JSInterop;

namespace VibeDash.Client.Ui;

/// <summary>The name of the person at this browser: asked once, kept in its local storage.</summary>
public sealed class PersonName(IJSRuntime js)
{
    private const string Key = "vibedash.person";

    /// <summary>The name, or null when it has not been given.</summary>
    public async Task<string?> GetAsync()
    {
        try
        {
            return await js.InvokeAsync<string?>("localStorage.getItem", Key);
        }
        catch (JSException)
        {
            // A browser may forbid storage; then the name is asked each time.
            return null;
        }
    }

    /// <summary>Keeps the name.</summary>
    public async Task SetAsync(string name)
    {
        try
        {
            await js.InvokeVoidAsync("localStorage.setItem", Key, name);
        }
        catch (JSException)
        {
            // See above.
        }
    }
}
