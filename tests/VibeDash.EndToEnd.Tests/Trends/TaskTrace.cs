using System.Collections.Concurrent;
using System.Text.Json;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Trends;

/// <summary>
/// What a page's main thread is busy with, in processor time: a task that waits for a processor because other tests run is not slow.
/// </summary>
internal sealed class TaskTrace
{
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _mark = $"vibedash-{Guid.NewGuid():N}";
    private readonly ICDPSession _session;

    private TaskTrace(ICDPSession session)
    {
        _session = session;
        session.Event("Tracing.dataCollected").OnEvent += (_, message) =>
        {
            foreach (var one in message!.Value.GetProperty("value").EnumerateArray())
                _events.Enqueue(one.Clone());
        };
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => _complete.TrySetResult();
    }

    /// <summary>Begins to record the page.</summary>
    public static async Task<TaskTrace> StartAsync(IPage page)
    {
        var trace = new TaskTrace(await page.Context.NewCDPSessionAsync(page));
        await trace._session.SendAsync("Tracing.start", new() { ["transferMode"] = "ReportEvents", ["categories"] = "toplevel,blink.user_timing" });

        // The trace is of the whole browser, other tests' pages included: this tells which thread is this page's.
        await page.EvaluateAsync("name => { performance.mark(name); }", trace._mark);
        return trace;
    }

    /// <summary>Ends, and gives the processor time of the page's tasks, the longest first.</summary>
    public async Task<TimeSpan[]> EndAsync()
    {
        await _session.SendAsync("Tracing.end");
        await _complete.Task.WaitAsync(DashboardTest.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        var main = Thread(_events.First(one => one.GetProperty("name").GetString() == _mark));
        return
        [
            .. from one in _events
               where one.GetProperty("ph").GetString() == "X" && one.GetProperty("name").GetString()!.EndsWith("RunTask", StringComparison.Ordinal) && Thread(one) == main
               let time = one.TryGetProperty("tdur", out var busy) ? TimeSpan.FromMicroseconds(busy.GetInt64()) : TimeSpan.Zero
               orderby time descending
               select time,
        ];
    }

    private static (int, int) Thread(JsonElement one) => (one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32());
}
