namespace VibeDash.Server.Tests.Hosting;

/// <summary>Tests that measure memory or time and run without others in parallel.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
