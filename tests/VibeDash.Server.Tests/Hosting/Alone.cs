namespace VibeDash.Server.Tests.Hosting;

/// <summary>Tests that measure memory or time of their own, and run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
