namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>Actions and elements common to several pages.</summary>
internal static class VisitorActions
{
    extension(Visitor visitor)
    {
        /// <summary>The trend chart with its legend.</summary>
        public ILocator Chart => visitor.Page.GetByRole(AriaRole.Figure, new() { Name = "Trend of the vibration level" });

        /// <summary>The chart's details of the point under the mouse.</summary>
        public ILocator ChartTooltip => visitor.Chart.Locator(".trend-tip");

        /// <summary>The dialog for a note.</summary>
        public ILocator Dialog => visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = "Acknowledge alert" });

        /// <summary>Clicks "Acknowledge" on the banner, for the most urgent alert of the sensor.</summary>
        public async Task AskToAcknowledgeAsync(string sensorId)
        {
            await visitor.Banner.GetByRole(AriaRole.Button, new() { Name = $"alert on {sensorId}" }).First.ClickAsync();
            await Expect(visitor.Dialog).ToBeVisibleAsync();
        }

        /// <summary>Acknowledges with two clicks: on the banner and in the dialog.</summary>
        /// <param name="sensorId">The sensor whose alert it is.</param>
        /// <param name="note">The note.</param>
        public async Task AcknowledgeAsync(string sensorId, string note)
        {
            await visitor.AskToAcknowledgeAsync(sensorId);
            await visitor.FillInAsync(note);
        }

        /// <summary>Fills in the open dialog and sends it.</summary>
        public async Task FillInAsync(string note)
        {
            await visitor.Dialog.GetByLabel("Note").FillAsync(note);
            await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
            await Expect(visitor.Dialog).ToBeHiddenAsync();
        }

        /// <summary>Area of the plotted levels, scrolled into view; in a single call, because a live chart is redrawn constantly.</summary>
        public async Task<Clip> PlotAsync()
        {
            await Expect(visitor.Chart.Locator(".apexcharts-grid").First).ToBeAttachedAsync();
            var box = await visitor.Page.EvaluateAsync<float[]>(
                """
                () => {
                  const grid = document.querySelector('.trend-canvas .apexcharts-grid');
                  grid.scrollIntoView({ block: 'center' });
                  const box = grid.getBoundingClientRect();
                  return [box.x, box.y, box.width, box.height];
                }
                """);
            return new() { X = box[0], Y = box[1], Width = box[2], Height = box[3] };
        }

        /// <summary>Moves the mouse over the newest point of the chart.</summary>
        public async Task PointAtLatestReadingAsync()
        {
            var area = await visitor.PlotAsync();
            await visitor.Page.Mouse.MoveAsync(area.X + (area.Width / 2), area.Y + (area.Height / 2));
            await visitor.Page.Mouse.MoveAsync(area.X + area.Width - 4, area.Y + (area.Height / 2), new() { Steps = 5 });
        }

        /// <summary>Changes the size of the window, and waits until charts are drawn for it.</summary>
        public async Task ResizeAsync(int width, int height)
        {
            await visitor.Page.SetViewportSizeAsync(width, height);
            await visitor.Page.WaitForFunctionAsync(
                """
                () => [...document.querySelectorAll('.trend-plot')].every(plot => Math.abs((plot.querySelector('svg')?.getBoundingClientRect().width ?? 0) - plot.clientWidth) < 2)
                """);
        }

        /// <summary>Saves a screenshot in <c>artifacts/screenshots</c> for inspection.</summary>
        public Task PictureAsync(string name, bool fullPage) =>
            visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts("screenshots"), $"{name}.png"), FullPage = fullPage });
    }
}
