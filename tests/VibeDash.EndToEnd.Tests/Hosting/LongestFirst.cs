using VibeDash.EndToEnd.Tests.Layout;
using Xunit.Sdk;
using Xunit.v3;

namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>The walk through all pages first: begun last, it would run by itself for minutes in the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.Contains(typeof(ScreenTests).FullName!, StringComparison.Ordinal) ? 0 : 1)];
}
