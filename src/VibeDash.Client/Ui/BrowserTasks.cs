namespace VibeDash.Client.Ui;

/// <summary>Splits work into several tasks of the browser's only thread, so that input and alerts are handled in between.</summary>
public static class BrowserTasks
{
    /// <summary>Completes in a later task of the browser.</summary>
    /// <param name="time">Provides the timer. With a fake clock it completes at once.</param>
    public static async Task NextTaskAsync(this TimeProvider time)
    {
        var reached = new TaskCompletionSource();
        await using var timer = time.CreateTimer(_ => reached.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await reached.Task.ConfigureAwait(false);
    }
}
