using System.Net;
using System.Net.Sockets;

namespace VibeDash.Tests.Shared;

/// <summary>
/// Ports for services that a test starts and restarts. They lie below the ephemeral ports of the system (Linux from 32,768, others from 49,152): a free
/// ephemeral port may be taken by any client that connects meanwhile, and some tests have thousands of clients. Thread-safe.
/// </summary>
internal static class LoopbackPort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Concurrent test projects start at different ports.
    private static int _last = Environment.ProcessId * 97 % Count;

    /// <summary>A free port; this process reuses it only after all others.</summary>
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
                // In use by another process.
            }
        }
    }
}
