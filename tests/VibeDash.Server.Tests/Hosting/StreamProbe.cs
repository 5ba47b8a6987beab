using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A reader of the server-sent events.</summary>
internal sealed class StreamProbe : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Channel<SseItem<string>> _events = Channel.CreateUnbounded<SseItem<string>>();
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _reading;

    private StreamProbe(HttpResponseMessage response)
    {
        _response = response;
        _reading = ReadAsync();
    }

    public HttpStatusCode Status => _response.StatusCode;

    public HttpResponseMessage Response => _response;

    /// <summary>Completes when the server ends the stream.</summary>
    public Task Ended => _reading;

    /// <summary>Opens a stream.</summary>
    /// <param name="server">The server.</param>
    /// <param name="query">With its question mark.</param>
    /// <param name="lastEventId">Where to go on; null for the present.</param>
    /// <param name="by">Whose it is; null for that of Ada.</param>
    public static async Task<StreamProbe> OpenAsync(TestServer server, string query = "", string? lastEventId = null, string? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/live" + query);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        if (by is not null)
            request.Headers.Add(NamedPerson.Header, by);
        return new(await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
    }

    /// <summary>The next event of any type.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeLimit.Limit);
        return await _events.Reader.ReadAsync(timeout.Token);
    }

    /// <summary>The next event of a type, with its data read; those of other types before it are dropped.</summary>
    public async Task<(T Data, string? Id)> NextAsync<T>(string type, JsonTypeInfo<T> json)
    {
        while (true)
        {
            var next = await NextAsync();
            if (next.EventType == type)
                return (JsonSerializer.Deserialize(next.Data, json)!, next.EventId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Disposing an unfinished response would wait some seconds for its end.
        await _closed.CancelAsync();
        await _reading;
        _response.Dispose();
        _closed.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await using var stream = await _response.Content.ReadAsStreamAsync();
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(_closed.Token))
                _events.Writer.TryWrite(item);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
        {
            // Either side closed the connection.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
