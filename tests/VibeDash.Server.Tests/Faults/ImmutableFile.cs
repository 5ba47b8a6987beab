namespace VibeDash.Server.Tests.Faults;

/// <summary>A file made read-only by the system until disposed, even for processes that have it open.</summary>
internal sealed class ImmutableFile : IAsyncDisposable
{
    private readonly string _path;

    private ImmutableFile(string path) => _path = path;

    public static async Task<ImmutableFile> MakeAsync(string path)
    {
        await SystemCommand.RunAsync("chattr", "+i", path);
        return new(path);
    }

    public async ValueTask DisposeAsync() => await SystemCommand.TryAsync("chattr", "-i", _path);
}
