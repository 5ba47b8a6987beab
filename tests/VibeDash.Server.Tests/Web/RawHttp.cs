using System.Net.Sockets;
using System.Text;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Web;

/// <summary>Requests as bytes.</summary>
internal static class RawHttp
{
    /// <summary>Sends bytes and returns the answer, up to the end of the connection.</summary>
    public static async Task<string> AskAsync(TestServer server, string request, Func<NetworkStream, Task>? thenSend = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var answer = ReadAsync(stream);
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
            while (thenSend is not null && !answer.IsCompleted)
                await thenSend(stream);
        }
        catch (IOException)
        {
            // The server has closed the connection.
        }

        return await answer.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        using var bytes = new MemoryStream();
        try
        {
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Bytes of the request were left unread.
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
