using System.Net;
using System.Net.Sockets;

namespace VibeDash.Tests.Shared;

/// <summary>
/// Ports for what a test starts and starts again. They lie below those that systems give to outgoing connections (Linux from 32,768 on, others from 49,152):
/// of these one that was free a moment ago may be taken by any client that connects meanwhile, and some tests have thousands of clients. Thread-safe.
/// </summary>
internal static class LoopbackPort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Test projects that run at the same time begin in different places.
    private static int _last = Environment.ProcessId * 97 % Count;

    /// <summary>A port that nobody listens on, and that is not given twice by this process before all others.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
