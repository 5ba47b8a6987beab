using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using VibeDash.Tests.Shared;

namespace VibeDash.Benchmarks;

/// <summary>
/// What a sign-in costs a request: the same build with the demo person, who has no session, and with a person's cookie, asked by turns for the first page and for the
/// fleet of 200 sensors. One JSON line.
/// </summary>
internal static partial class SignInBenchmark
{
    private const int Sensors = 200;
    private const int Requests = 300;
    private static readonly string[] Paths = ["", "api/v1/fleet"];

    public static async Task RunAsync()
    {
        using var published = await PublishedServer.CreateAsync();
        await using var demo = new Scene();
        await using var plant = new Scene();
        using var without = await StartAsync(demo, published);
        using var with = await StartAsync(plant, published);
        await SignInForm.SetUpAsync(with, Link().Match(plant.Server!.Output).Groups[1].Value, "Ada", "correct horse battery");

        var milliseconds = new Dictionary<(string Path, bool SignedIn), double[]>();
        foreach (var path in Paths)
        {
            List<double> off = [], on = [];
            for (var i = 0; i < Requests + 20; i++)
            {
                foreach (var (http, into) in i % 2 == 0 ? [(without, off), (with, on)] : new[] { (with, on), (without, off) })
                {
                    var began = Stopwatch.GetTimestamp();
                    using var answer = await http.GetAsync(path);
                    await answer.Content.ReadAsByteArrayAsync();
                    var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                    if (answer.StatusCode != HttpStatusCode.OK || answer.RequestMessage!.RequestUri!.AbsolutePath != "/" + path)
                        throw new InvalidOperationException($"{path}: {answer.StatusCode} at {answer.RequestMessage!.RequestUri}");

                    // The first ones are compiled meanwhile.
                    if (i >= 20)
                        into.Add(took);
                }
            }

            (milliseconds[(path, false)], milliseconds[(path, true)]) = ([.. off.Order()], [.. on.Order()]);
        }

        Console.WriteLine(JsonSerializer.Serialize(Paths.Select(path => new
        {
            benchmark = "sign-in",
            path = "/" + path,
            sensors = Sensors,
            requests = Requests,
            p50_ms_without = Median(milliseconds[(path, false)]),
            p50_ms_with = Median(milliseconds[(path, true)]),
            ratio = Math.Round(Median(milliseconds[(path, true)]) / Median(milliseconds[(path, false)]), 3),
        })));
    }

    private static async Task<HttpClient> StartAsync(Scene scene, PublishedServer published)
    {
        await scene.StartBrokerAsync(Scene.PromiseSettings);
        await scene.StartServerAsync("vibedash", published.Assembly);
        using var load = scene.StartSimulator(2_000, Sensors, TimeSpan.FromSeconds(3), seed: 1);
        await load.WaitAsync();
        return new(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = scene.Site, DefaultRequestHeaders = { { "Accept", "text/html,application/json" } } };
    }

    private static double Median(double[] sorted) => Math.Round(sorted[sorted.Length / 2], 3);

    [GeneratedRegex(@"(/set-up\?secret=\S+)")]
    private static partial Regex Link();
}
