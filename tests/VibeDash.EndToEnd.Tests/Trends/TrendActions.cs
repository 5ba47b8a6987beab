using System.Globalization;
using System.Web;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Trends;

/// <summary>Actions and elements of a trend.</summary>
internal static class TrendActions
{
    /// <summary>The range in the address of the page; null while it ends now.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Stretch(this Visitor visitor)
    {
        var query = HttpUtility.ParseQueryString(new Uri(visitor.Page.Url).Query);
        return query["from"] is { } from && query["to"] is { } to
            ? (DateTimeOffset.Parse(from, CultureInfo.InvariantCulture), DateTimeOffset.Parse(to, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Performs an action that changes the range, and waits until the address contains another one and the chart is complete.</summary>
    /// <returns>The new range; null when it ends now.</returns>
    public static async Task<(DateTimeOffset From, DateTimeOffset To)?> AfterAsync(this Visitor visitor, Func<Task> what)
    {
        var before = visitor.Page.Url;
        await using var answers = new Answers(visitor.Page);
        await what();
        await visitor.Page.WaitForFunctionAsync("before => location.href !== before", before);
        await answers.CameAsync();
        return visitor.Stretch();
    }

    /// <summary>Drags the mouse across the plot, between two shares of its width.</summary>
    public static async Task DragAsync(this Visitor visitor, double from, double to)
    {
        var plot = await visitor.PlotAsync();
        var y = plot.Y + (plot.Height / 2);
        await visitor.Page.Mouse.MoveAsync((float)(plot.X + (from * plot.Width)), y);
        await visitor.Page.Mouse.DownAsync();
        await visitor.Page.Mouse.MoveAsync((float)(plot.X + (to * plot.Width)), y, new() { Steps = 8 });
        await visitor.Page.Mouse.UpAsync();
    }

    // The next history response.
    private sealed class Answers : IAsyncDisposable
    {
        private readonly IPage _page;
        private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Answers(IPage page)
        {
            _page = page;
            page.RequestFinished += OnFinished;
        }

        public Task CameAsync() => _came.Task.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync()
        {
            _page.RequestFinished -= OnFinished;
            return ValueTask.CompletedTask;
        }

        private void OnFinished(object? sender, IRequest request)
        {
            if (request.Url.Contains("/api/v1/history?", StringComparison.Ordinal))
                _came.TrySetResult();
        }
    }
}
