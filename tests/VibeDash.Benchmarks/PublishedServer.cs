namespace VibeDash.Benchmarks;

/// <summary>The server as deployed by users, with pages for a browser: the build output of this program has none.</summary>
internal sealed class PublishedServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-published-").FullName;

    private PublishedServer()
    {
    }

    /// <summary>The server's program.</summary>
    public string Assembly => Path.Combine(_folder, "VibeDash.Server.dll");

    /// <summary>Publishes the server of this source tree; takes a minute.</summary>
    public static async Task<PublishedServer> CreateAsync()
    {
        var published = new PublishedServer();
        using var publish = new ChildProcess(
            "dotnet", "publish", Path.Combine(Repository.Root, "src", "VibeDash.Server"), "-c", "Release", "-o", published._folder, "--disable-build-servers");
        await publish.WaitAsync();
        if (!File.Exists(published.Assembly))
            throw new InvalidOperationException($"dotnet publish failed.\n{publish.Output}");
        return published;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
