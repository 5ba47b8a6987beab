using System.Globalization;
using VibeDash.Benchmarks;

// dotnet run -c Release --project tests/VibeDash.Benchmarks -- all, or one of these and perhaps a rate
var benchmarks = new Dictionary<string, Func<double?, Task>>
{
    ["ingest"] = rate => IngestBenchmark.RunAsync(rate ?? 100_000, Scene.PromiseSettings),
    ["ingest-broker-defaults"] = rate => IngestBenchmark.RunAsync(rate ?? 100_000, ""),
    ["latency"] = async rate =>
    {
        foreach (var load in rate is { } asked ? [asked] : new double[] { 1_000, 10_000 })
            await LatencyBenchmark.RunAsync(load);
    },
    ["sensors"] = rate => SensorsBenchmark.RunAsync(rate ?? 5_000),
    ["fanout"] = rate => FanoutBenchmark.RunAsync(rate ?? 10_000),
    ["allocation"] = rate => AllocationBenchmark.RunAsync(rate ?? 5_000),
    ["history"] = readings => HistoryBenchmark.RunAsync(readings ?? 100_000_000),
    ["trend"] = _ => TrendBenchmark.RunAsync(),
    ["sign-in"] = _ => SignInBenchmark.RunAsync(),
    ["evaluation"] = _ => EvaluationBenchmark.RunAsync(),
};

double? asked = args.Length > 1 && double.TryParse(args[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
var name = args.FirstOrDefault() ?? "";
if (args.Length > (name == "all" ? 1 : 2) || (args.Length > 1 && asked is null) || (name != "all" && !benchmarks.ContainsKey(name)))
{
    await Console.Error.WriteLineAsync($"usage: dotnet run -c Release --project tests/VibeDash.Benchmarks -- all|{string.Join('|', benchmarks.Keys)} [events a second; for history: readings]");
    return 2;
}

foreach (var (_, run) in benchmarks.Where(benchmark => name == "all" || name == benchmark.Key))
    await run(asked);
return 0;
