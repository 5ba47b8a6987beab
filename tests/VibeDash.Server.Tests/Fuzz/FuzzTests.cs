using System.Diagnostics;
using System.Text;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Fuzz;

/// <summary>
/// Nothing that comes from outside makes a parser throw, get by with an invalid event, or keep memory: hundreds of thousands of mutated payloads, the same ones in
/// each run, and the corpus of payloads that once failed or are known to be nasty. What fails is to be added to <c>Fuzz/Corpus</c>.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests
{
    private const int Seed = 20261124;
    private const long MaximumGrowth = 16 << 20;

    private static readonly int Payloads = LongRun.Count(200_000, 1_000_000);
    private static readonly (string Name, byte[] Payload)[] Corpus = LoadCorpus();

    [Fact]
    public async Task Mutated_payloads_give_valid_events_or_rejections_and_no_memory_is_kept()
    {
        var each = (Payloads / FuzzedShapes.All.Count) + 1;
        await RunAsync(each / 20, Seed - 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var watch = Stopwatch.StartNew();
        var faults = await RunAsync(each, Seed);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each * FuzzedShapes.All.Count:N0} payloads in {watch.Elapsed.TotalSeconds:0} s; {grown / 1024:N0} KB more in use");
        faults.ShouldBeEmpty();
        grown.ShouldBeLessThan(MaximumGrowth);
    }

    [Fact]
    public async Task The_corpus_and_each_beginning_of_it_give_valid_events_or_rejections()
    {
        Corpus.Length.ShouldBeGreaterThan(100);
        var faults = new List<string>();
        foreach (var shape in FuzzedShapes.All)
        {
            foreach (var (name, payload) in Corpus)
            {
                await TryAsync(shape, payload, name, faults);
                for (var length = Math.Min(payload.Length, 600) - 1; length >= 0; length -= 7)
                    await TryAsync(shape, payload[..length], $"{name}, {length} bytes", faults);
            }
        }

        faults.ShouldBeEmpty();
    }

    private static async Task<string[]> RunAsync(int payloads, int seed)
    {
        var faults = new List<string>[FuzzedShapes.All.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, faults.Length), async (index, _) =>
        {
            var shape = FuzzedShapes.All[index];
            faults[index] = [];

            // Short files of the corpus are used as examples, too.
            var mutator = new Mutator(seed + index, [.. shape.Examples, .. shape.Examples, .. Corpus.Where(file => file.Payload.Length < 700).Take(40).Select(file => file.Payload)]);
            for (var i = 0; i < payloads && faults[index].Count < 5; i++)
                await TryAsync(shape, mutator.Next(), $"number {i} of seed {seed + index}", faults[index]);
        });
        return [.. faults.SelectMany(found => found)];
    }

    private static async ValueTask TryAsync((string Name, byte[][] Examples, Func<byte[], ValueTask<string?>> Parse) shape, byte[] payload, string which, List<string> faults)
    {
        try
        {
            if (await shape.Parse(payload) is { } fault)
                faults.Add($"{shape.Name}, {which}: {fault}: {Convert.ToBase64String(payload)}");
        }
        catch (Exception escaped)
        {
            faults.Add($"{shape.Name}, {which}: {escaped}: {Convert.ToBase64String(payload)} {Encoding.UTF8.GetString(payload)}");
        }
    }

    private static (string Name, byte[] Payload)[] LoadCorpus()
    {
        const string Prefix = "Corpus/";
        var assembly = typeof(FuzzTests).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return (name[Prefix.Length..], copy.ToArray());
        })];
    }
}
