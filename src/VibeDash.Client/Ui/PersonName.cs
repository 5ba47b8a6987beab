using Microsoft.JSInterop;

namespace VibeDash.Client.Ui;

/// <summary>The name of the person at this browser, kept in its local storage.</summary>
public sealed class PersonName(IJSRuntime js)
{
    private const string Key = "vibedash.person";

    /// <summary>The name; null when it is not known.</summary>
    public async Task<string?> GetAsync()
    {
        try
        {
            return await js.InvokeAsync<string?>("localStorage.getItem", Key);
        }
        catch (JSException)
        {
            // A browser may deny storage. The name then lasts as long as the page.
            return null;
        }
    }

    /// <summary>Stores the name.</summary>
    public async Task SetAsync(string name)
    {
        try
        {
            await js.InvokeVoidAsync("localStorage.setItem", Key, name);
        }
        catch (JSException)
        {
            // As in GetAsync.
        }
    }
}
