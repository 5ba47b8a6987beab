using VibeDash.Server.Tests.Hosting;
using Xunit.Sdk;
using Xunit.v3;

// Tests wait for timers, disks and processes as much as they compute. More at once only slow each other down: many send at a rate, which gives the more to
// do the longer they take.
[assembly: Parallelization(MaxThreads = 2)]
[assembly: TestCollectionOrderer(typeof(FaultsFirst))]

namespace VibeDash.Server.Tests.Hosting;

/// <summary>The long ones first: none is then left over to run by itself in the end.</summary>
public sealed class FaultsFirst : ITestCollectionOrderer
{
    private static readonly string Faults = typeof(Faults.CrashTests).Namespace!;

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.Contains(Faults, StringComparison.Ordinal) ? 0 : 1)];
}
