using System.Globalization;
using VibeDash.Benchmarks;

// dotnet run -c Release --project tests/VibeDash.Benchmarks -- ingest|latency [events a second]
var rate = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 0;
switch (args.FirstOrDefault())
{
    case "ingest":
        await IngestBenchmark.RunAsync(rate > 0 ? rate : 100_000, Scene.PromiseSettings);
        return 0;
    case "ingest-broker-defaults":
        await IngestBenchmark.RunAsync(rate > 0 ? rate : 100_000, "");
        return 0;
    case "latency":
        await LatencyBenchmark.RunAsync(rate > 0 ? rate : 1_000);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project tests/VibeDash.Benchmarks -- ingest|ingest-broker-defaults|latency [events a second]");
        return 2;
}
