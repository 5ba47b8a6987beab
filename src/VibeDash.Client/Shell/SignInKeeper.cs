using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Shell;

/// <summary>
/// Learns who is signed in, and asks again every ten minutes: live messages do not renew a session, and a display that only listens must not be signed
/// out by its silence. Not thread-safe: the browser has one thread.
/// </summary>
public sealed class SignInKeeper(IPersonApi api, Me me, PrerenderedState state, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Pause between two questions.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private const string StateKey = "me";

    private IDisposable? _keeping;
    private ITimer? _timer;

    /// <summary>Loads the person: on the server from the request, in the browser from the prerendered page.</summary>
    /// <param name="prerendering">True on the server.</param>
    public async Task LoadAsync(bool prerendering)
    {
        if (me.Person is not null)
            return;
        if (state.TryTake(StateKey, DashboardJson.Default.SignedIn, out var kept))
        {
            me.Person = kept;
            return;
        }

        if (prerendering)
            _keeping = state.Keep(StateKey, () => me.Person, DashboardJson.Default.SignedIn);
        await AskAsync();
    }

    /// <summary>Keeps the session alive from now on. Only the first call has an effect.</summary>
    public Task StartAsync()
    {
        _timer ??= time.CreateTimer(_ => _ = AskAsync(), null, Interval, Interval);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _keeping?.Dispose();
        if (_timer is not null)
            await _timer.DisposeAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            me.Person = await api.GetSignedInAsync();
        }
        catch (HttpRequestException)
        {
            // The live connection tells that the session or the server is gone.
        }
    }
}
