using VibeDash.EndToEnd.Tests.Hosting;

[assembly: AssemblyFixture(typeof(PublishedServer))]
[assembly: AssemblyFixture(typeof(Chromium))]

// A test is a server, a browser's page and a sensor: more at once only slow each other down.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
