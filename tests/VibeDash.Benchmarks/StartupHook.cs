using System.IO.MemoryMappedFiles;

/// <summary>
/// Runs inside the server that is measured, before its own code, when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: tells how much it has
/// allocated, which no other process can see. The runtime wants exactly this name, without a namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>Names the file that gets the number of bytes, as a 64-bit number.</summary>
    public const string FileVariable = "VIBEDASH_BENCHMARK_ALLOCATED";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { Length: > 0 } path)
            return;
        new Thread(() => Tell(path)) { IsBackground = true, Name = "Allocated bytes" }.Start();
    }

    /// <summary>What was last told in <paramref name="path"/>.</summary>
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
