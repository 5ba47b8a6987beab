namespace VibeDash.Benchmarks;

/// <summary>
/// A page in a real browser that records when the banner shows an alert, and of which sensor. The browser uses this machine's clock; its offset is
/// measured, because its time starts with the page.
/// </summary>
internal sealed class BannerPage : IAsyncDisposable
{
    private const string Script =
        """
        () => {
            window.appearances = [];
            let shown = new Set();
            let banner = null;
            const look = () => {
                const now = performance.timeOrigin + performance.now();
                const names = new Set(banner ? [...banner.querySelectorAll('.banner-alert a')].map(link => link.textContent) : []);
                for (const name of names)
                    if (!shown.has(name))
                        window.appearances.push({ name, at: now });
                shown = names;
            };
            // Observes the banner only: observing and searching a large page would slow down the measured page.
            const inside = new MutationObserver(look);
            const find = () => {
                const found = site.querySelector(':scope > .banner');
                if (found && found !== banner)
                    inside.observe(found, { childList: true, subtree: true, characterData: true });
                banner = found;
                look();
            };
            const site = document.querySelector('.site');
            new MutationObserver(find).observe(site, { childList: true });
            find();
            window.longestTask = 0;
            new PerformanceObserver(tasks => {
                for (const task of tasks.getEntries())
                    window.longestTask = Math.max(window.longestTask, task.duration);
            }).observe({ type: 'longtask' });
        }
        """;

    private readonly LivePage _live;

    private BannerPage(LivePage live) => _live = live;

    /// <summary>Opens a page of the site, and waits until it is live.</summary>
    public static async Task<BannerPage> OpenAsync(Uri address)
    {
        var live = await LivePage.OpenAsync(address);
        await live.Page.EvaluateAsync(Script);
        return new(live);
    }

    /// <summary>Offset of the browser's clock from this program's, in milliseconds, and its uncertainty.</summary>
    public async Task<(double Offset, double Doubt)> ClockOffsetAsync()
    {
        (double Offset, double Doubt) best = (0, double.MaxValue);
        for (var i = 0; i < 50; i++)
        {
            var before = Now();
            var there = await _live.Page.EvaluateAsync<double>("() => performance.timeOrigin + performance.now()");
            var after = Now();
            if ((after - before) / 2 < best.Doubt)
                best = (there - ((before + after) / 2), (after - before) / 2);
        }

        return best;
    }

    /// <summary>Alerts shown in the banner since the last call: sensor, and milliseconds since 1970 by the browser's clock.</summary>
    public async Task<(string Sensor, double At)[]> TakeAsync()
    {
        var taken = await _live.Page.EvaluateAsync<Appearance[]>("() => window.appearances.splice(0)");
        return [.. taken.Select(appearance => (appearance.Name, appearance.At))];
    }

    /// <summary>The longest main-thread task of the page since the last call, in milliseconds; 0 when none took more than 50.</summary>
    public Task<double> TakeLongestTaskAsync() => _live.Page.EvaluateAsync<double>("() => { const longest = window.longestTask; window.longestTask = 0; return longest; }");

    /// <summary>This program's clock, in milliseconds since 1970.</summary>
    public static double Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    internal sealed class Appearance
    {
        public string Name { get; set; } = "";

        public double At { get; set; }
    }
}
