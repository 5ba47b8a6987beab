using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace VibeDash.Server.Export;

/// <summary>
/// Streams a table as a file to keep, in memory that does not grow with it: a batch and what the reader has not taken. What fails on the way ends the
/// connection in the middle, so that nobody takes a part for the whole.
/// </summary>
/// <param name="batches">The rows, some at a time; each is done with when the next is asked for.</param>
/// <param name="count">How many rows a batch has.</param>
/// <param name="columns">Their columns.</param>
/// <param name="write">Writes a row of a batch.</param>
/// <param name="csv">CSV; else NDJSON.</param>
/// <param name="name">Name of the file without its ending.</param>
/// <param name="expected">How many rows to expect; told so that a progress bar can be drawn.</param>
/// <param name="slot">Held until all is sent.</param>
internal sealed class ExportResult<T>(
    IEnumerable<T> batches, Func<T, int> count, IReadOnlyList<RowColumn> columns, Action<RowWriter, T, int> write, bool csv, string name, long expected, IDisposable slot) : IResult
{
    private const int Portion = 64 * 1024;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = slot;
        var (response, cancelled) = (httpContext.Response, httpContext.RequestAborted);
        using var rows = RowWriter.Of(csv);
        response.ContentType = rows.ContentType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = $"{name}.{(csv ? "csv" : "ndjson")}" }.ToString();
        response.Headers[ExportEndpoints.ExpectedRows] = expected.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        rows.Begin(columns);
        foreach (var batch in batches)
        {
            var length = count(batch);
            for (var i = 0; i < length; i++)
            {
                write(rows, batch, i);
                if (rows.Buffer.WrittenCount >= Portion)
                    await SendAsync(rows, response, cancelled);
            }

            cancelled.ThrowIfCancellationRequested();
        }

        await SendAsync(rows, response, cancelled);
    }

    // The writer's buffer is used again only once the bytes are copied or gone.
    private static async Task SendAsync(RowWriter rows, HttpResponse response, CancellationToken cancelled)
    {
        await response.BodyWriter.WriteAsync(rows.Buffer.WrittenMemory, cancelled);
        rows.Buffer.ResetWrittenCount();
    }
}
