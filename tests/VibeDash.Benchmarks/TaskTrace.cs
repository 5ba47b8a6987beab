using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace VibeDash.Benchmarks;

/// <summary>
/// Main-thread tasks of a page, in processor time: a task waiting for a processor because of other programs is not slow. Also measures a reference task of
/// known work, which a shared or slow processor prolongs, too.
/// </summary>
internal sealed class TaskTrace
{
    // Resembles drawing a chart: elements are created and measured one by one.
    private const string Reference = """
        name => new Promise(done => setTimeout(() => {
          performance.mark(name);
          const svg = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
          for (let i = 0; i < 200; i++) {
            const text = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'text'));
            text.textContent = `12:${i}`;
            text.getBBox();
          }
          svg.remove();
          done();
        }))
        """;

    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _mark = $"vibedash-{Guid.NewGuid():N}";
    private readonly IPage _page;
    private readonly ICDPSession _session;

    private TaskTrace(IPage page, ICDPSession session)
    {
        (_page, _session) = (page, session);
        session.Event("Tracing.dataCollected").OnEvent += (_, message) =>
        {
            foreach (var one in message!.Value.GetProperty("value").EnumerateArray())
                _events.Enqueue(one.Clone());
        };
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => _complete.TrySetResult();
    }

    /// <summary>Starts recording the page.</summary>
    public static async Task<TaskTrace> StartAsync(IPage page)
    {
        var trace = new TaskTrace(page, await page.Context.NewCDPSessionAsync(page));
        await trace._session.SendAsync("Tracing.start", new() { ["transferMode"] = "ReportEvents", ["categories"] = "toplevel,blink.user_timing" });

        // The trace covers the whole browser: this identifies the page's thread.
        await page.EvaluateAsync("name => { performance.mark(name); }", trace._mark);
        return trace;
    }

    /// <summary>Runs the reference task once in the page.</summary>
    public Task DoReferenceAsync() => _page.EvaluateAsync(Reference, _mark + "-reference");

    /// <summary>
    /// Stops; returns the processor time of the page's tasks, longest first, and the median of the reference tasks. Excludes tasks that answer the
    /// benchmark's own queries, of which those for roles and names take longest.
    /// </summary>
    public async Task<(TimeSpan[] Tasks, TimeSpan Reference)> EndAsync()
    {
        await _session.SendAsync("Tracing.end");
        await _complete.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        var main = Thread(_events.First(one => one.GetProperty("name").GetString() == _mark));
        long[] references = [.. _events.Where(one => one.GetProperty("name").GetString() == _mark + "-reference").Select(At)];
        long[] questions = [.. _events.Where(one => Thread(one) == main && IsQuestion(one)).Select(At)];
        var tasks = (from one in _events
                     where one.GetProperty("ph").GetString() == "X" && one.GetProperty("name").GetString()!.EndsWith("RunTask", StringComparison.Ordinal) && Thread(one) == main
                     where !questions.Any(at => IsWithin(at, one))
                     let time = one.TryGetProperty("tdur", out var busy) ? TimeSpan.FromMicroseconds(busy.GetInt64()) : TimeSpan.Zero
                     orderby time descending
                     select (Time: time, IsReference: references.Any(at => IsWithin(at, one)))).ToLookup(task => task.IsReference, task => task.Time);
        return ([.. tasks[false]], tasks[true].ElementAt(tasks[true].Count() / 2));
    }

    private static bool IsQuestion(JsonElement one) => one.GetProperty("name").GetString() == "Receive mojo message"
        && one.GetProperty("args").TryGetProperty("chrome_mojo_event_info", out var info)
        && info.TryGetProperty("mojo_interface_tag", out var tag) && tag.GetString() == "blink.mojom.DevToolsSession";

    private static bool IsWithin(long at, JsonElement task) => at >= At(task) && at <= At(task) + (task.TryGetProperty("dur", out var length) ? length.GetInt64() : 0);

    private static long At(JsonElement one) => one.GetProperty("ts").GetInt64();

    private static (int, int) Thread(JsonElement one) => (one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32());
}
