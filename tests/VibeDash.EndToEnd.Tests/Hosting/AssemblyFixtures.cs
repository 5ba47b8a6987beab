using VibeDash.EndToEnd.Tests.Hosting;

[assembly: AssemblyFixture(typeof(PublishedServer))]
[assembly: AssemblyFixture(typeof(Chromium))]

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

// A test is a server, a browser page and a sensor: more of them in parallel only slow each other down.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
