using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Trends;

/// <summary>The labels of baseline and thresholds as laid out by a browser.</summary>
public sealed class ThresholdLabelTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private static readonly (int Height, double Baseline, double Warning, double Critical)[] Charts =
        [(300, 4, 8, 12), (300, 4, 4.1, 4.2), (300, 15, 14.9, 14.8), (60, 4, 6, 8)];

    [Fact]
    public async Task None_stands_over_another()
    {
        var visitor = await VisitorAsync();
        await visitor.OpenAsync("");

        foreach (var chart in Charts)
        {
            var labels = await LabelsAsync(visitor, chart);
            labels.Length.ShouldBe(3);
            foreach (var (one, i) in labels.Select((one, i) => (one, i)))
                labels.Skip(i + 1).ShouldAllBe(other => IsBeside(one, other), chart.ToString());
        }
    }

    [Fact]
    public async Task Of_many_short_stretches_only_those_with_room_are_labelled_and_the_last_one_always()
    {
        var visitor = await VisitorAsync();
        await visitor.OpenAsync("");

        var labels = await visitor.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const { drawMarks } = await import('/trend/marks.js');
              const svg = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
              const series = { sensorId: 'VB-1', unit: 'm/s²', points: { times: [], mean: [] } };
              const thresholds = [[4, 0, 30], [5, 30, 31], [6, 31, 32], [7, 32, 97], [8, 97, 100]].map(([level, from, to]) => ({ severity: 'baseline', level, from, to }));
              const panel = { spans: [], notes: [], cuts: [], notGood: [], series: [series], thresholds };
              drawMarks(svg, panel, [{ unit: 'm/s²', min: 0, max: 15 }], { left: 0, top: 0, width: 600, height: 300 }, { from: 0, to: 100 }, { stacked: false });
              return [...svg.querySelectorAll('text')].map(text => text.textContent).filter(text => text.startsWith('Baseline'));
            }
            """);

        labels.ShouldBe(["Baseline 4.00", "Baseline 7.00", "Baseline 8.00"]);
    }

    // Left, top, right and bottom of each label.
    private static Task<double[][]> LabelsAsync(Visitor visitor, (int Height, double Baseline, double Warning, double Critical) chart) => visitor.Page.EvaluateAsync<double[][]>(
        """
        async ([height, baseline, warning, critical]) => {
          const { drawMarks } = await import('/trend/marks.js');
          const svg = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
          const series = { sensorId: 'VB-1', unit: 'm/s²', points: { times: [], mean: [] } };
          const thresholds = [['baseline', baseline], ['warning', warning], ['critical', critical]].map(([severity, level]) => ({ severity, level, from: 0, to: 1 }));
          const panel = { spans: [], notes: [], cuts: [], notGood: [], series: [series], thresholds };
          drawMarks(svg, panel, [{ unit: 'm/s²', min: 0, max: 15 }], { left: 0, top: 0, width: 600, height }, { from: 0, to: 1 }, { stacked: false });
          const labels = [...svg.querySelectorAll('text')].filter(text => /Baseline|Warning|Critical/.test(text.textContent));
          return labels.map(label => label.getBBox()).map(box => [box.x, box.y, box.x + box.width, box.y + box.height]);
        }
        """,
        new object[] { chart.Height, chart.Baseline, chart.Warning, chart.Critical });

    private static bool IsBeside(double[] one, double[] other) =>
        one[2] <= other[0] || other[2] <= one[0] || one[3] <= other[1] || other[3] <= one[1];
}
