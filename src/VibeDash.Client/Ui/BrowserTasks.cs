namespace VibeDash.Client.Ui;

/// <summary>Splits work into several tasks of the browser: it has one thread, and what is done at one go keeps it from everything else.</summary>
public static class BrowserTasks
{
    /// <summary>Completes in another task of the browser, as soon as it has time for it.</summary>
    /// <param name="time">Whose timer tells; one that is set by hand completes at once.</param>
    public static async Task NextTaskAsync(this TimeProvider time)
    {
        var reached = new TaskCompletionSource();
        await using var timer = time.CreateTimer(_ => reached.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await reached.Task.ConfigureAwait(false);
    }
}
