using Microsoft.JSInterop;

namespace VibeDash.Client.Alerts;

/// <summary>
/// Sound and notifications of this browser. Both are off until a click allows them; the choice is kept in local storage. Not thread-safe.
/// </summary>
public sealed class BrowserSignals(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>A property changed.</summary>
    public event Action? Changed;

    /// <summary>True when sound is allowed.</summary>
    public bool Sound { get; private set; }

    /// <summary>True when sound is allowed but the browser blocks it until a click on the page.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>True when notifications are allowed.</summary>
    public bool Notifications { get; private set; }

    /// <summary>Why notifications could not be allowed, in one sentence; null otherwise.</summary>
    public string? NotificationFault { get; private set; }

    /// <summary>Loads the stored choice.</summary>
    public async Task LoadAsync()
    {
        var kept = await (await ModuleAsync()).InvokeAsync<SignalChoice>("load");
        (Sound, Notifications, IsBlocked) = (kept.Sound, kept.Notifications, false);
        Changed?.Invoke();
    }

    /// <summary>Allows sound and plays it once, or turns it off. Must be called on a click: otherwise the browser stays silent.</summary>
    public async Task SetSoundAsync(bool isOn)
    {
        IsBlocked = !await (await ModuleAsync()).InvokeAsync<bool>("setSound", isOn) && isOn;
        Sound = isOn;
        Changed?.Invoke();
    }

    /// <summary>Allows notifications, for which the browser may ask, or turns them off. Must be called on a click.</summary>
    public async Task SetNotificationsAsync(bool isOn)
    {
        var permission = await (await ModuleAsync()).InvokeAsync<string>("setNotifications", isOn);
        Notifications = isOn && permission == "granted";
        NotificationFault = !isOn || Notifications ? null
            : permission == "unsupported" ? "This browser has no notifications for pages."
            : "The browser blocks notifications: see its settings for this site.";
        Changed?.Invoke();
    }

    /// <summary>Plays the signal of a severity if sound is allowed.</summary>
    /// <param name="severity">Name of the severity.</param>
    public async Task PlayAsync(string severity)
    {
        if (!Sound)
            return;
        var wasBlocked = IsBlocked;
        IsBlocked = !await (await ModuleAsync()).InvokeAsync<bool>("play", severity);
        if (IsBlocked != wasBlocked)
            Changed?.Invoke();
    }

    /// <summary>Shows a notification if allowed. It replaces one with the same <paramref name="tag"/>.</summary>
    public async Task NotifyAsync(string title, string text, string tag)
    {
        if (Notifications)
            await (await ModuleAsync()).InvokeVoidAsync("notify", title, text, tag);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page was closed, and the module with it.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() => _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./Alerts/AlertSound.razor.js");
}
