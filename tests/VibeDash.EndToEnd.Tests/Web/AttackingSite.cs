using System.Net;

namespace VibeDash.EndToEnd.Tests.Web;

/// <summary>Another site on this machine: an empty page on a port of its own.</summary>
internal sealed class AttackingSite : IDisposable
{
    private readonly HttpListener _listener = new();

    public AttackingSite()
    {
        Port = LoopbackPort.Free();
        foreach (var host in new[] { "127.0.0.1", "localhost" })
            _listener.Prefixes.Add($"http://{host}:{Port}/");
        _listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>Its port, at <c>127.0.0.1</c> (for a browser another origin of the same site) and <c>localhost</c> (another site).</summary>
    public int Port { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                using var response = (await _listener.GetContextAsync()).Response;
                response.ContentType = "text/html";
                await response.OutputStream.WriteAsync("<!DOCTYPE html><title>Attack</title><body></body>"u8.ToArray());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
