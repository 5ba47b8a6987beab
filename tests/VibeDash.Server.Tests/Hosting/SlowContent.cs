using System.Net;
using System.Text;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A body of unknown length whose rest is sent later.</summary>
internal sealed class SlowContent : HttpContent
{
    private readonly string _start;
    private readonly Task<string> _rest;

    public SlowContent(string contentType, string start, Task<string> rest)
    {
        (_start, _rest) = (start, rest);
        Headers.ContentType = new(contentType);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_start));
        await stream.FlushAsync();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(await _rest));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
