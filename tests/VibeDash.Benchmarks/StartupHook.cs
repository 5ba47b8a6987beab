using System.IO.MemoryMappedFiles;

/// <summary>
/// Runs inside the measured server, before its own code, when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: reports its allocated bytes, which other
/// processes cannot read. The runtime requires exactly this name, without a namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>Environment variable with the path of the file that receives the bytes, as a 64-bit number.</summary>
    public const string FileVariable = "VIBEDASH_BENCHMARK_ALLOCATED";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { Length: > 0 } path)
            return;
        new Thread(() => Tell(path)) { IsBackground = true, Name = "Allocated bytes" }.Start();
    }

    /// <summary>The last number reported in <paramref name="path"/>.</summary>
    public static long Read(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, sizeof(long));
        using var view = file.CreateViewAccessor();
        return view.ReadInt64(0);
    }

    private static void Tell(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        using var view = file.CreateViewAccessor();
        using var never = new ManualResetEventSlim();
        while (!never.Wait(Interval))
            view.Write(0, GC.GetTotalAllocatedBytes());
    }
}
