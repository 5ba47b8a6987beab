using System.Diagnostics;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>Polls conditions that cannot be awaited.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Task TrueAsync(Func<Task<bool>> condition, string expectation) => GetAsync(async () => await condition() ? "" : null, expectation);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask, string expectation)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (watch.Elapsed > TimeLimit.Limit)
                throw new TimeoutException($"Not within {TimeLimit.Limit.TotalSeconds:0} s: {expectation}.");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
