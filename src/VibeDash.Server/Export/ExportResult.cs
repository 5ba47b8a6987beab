using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace VibeDash.Server.Export;

/// <summary>
/// Streams a table as a file download, in bounded memory: one batch and the bytes not yet sent. A fault, and the stop of the server, abort the
/// connection, so that a partial file is never taken for a complete one.
/// </summary>
/// <param name="batches">The rows in batches; each is valid until the next is requested.</param>
/// <param name="count">Returns the number of rows in a batch.</param>
/// <param name="columns">Their columns.</param>
/// <param name="write">Writes a row of a batch.</param>
/// <param name="csv">True for CSV, false for NDJSON.</param>
/// <param name="name">Name of the file without extension.</param>
/// <param name="expected">Expected number of rows, for a progress bar.</param>
/// <param name="slot">Held until everything is sent.</param>
internal sealed class ExportResult<T>(
    IEnumerable<T> batches, Func<T, int> count, IReadOnlyList<RowColumn> columns, Action<RowWriter, T, int> write, bool csv, string name, long expected, IDisposable slot) : IResult
{
    private const int Portion = 64 * 1024;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = slot;
        var response = httpContext.Response;
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        using var rows = RowWriter.Of(csv);
        response.ContentType = rows.ContentType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = $"{name}.{(csv ? "csv" : "ndjson")}" }.ToString();
        response.Headers[ExportEndpoints.ExpectedRows] = expected.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        try
        {
            await WriteAsync(rows, response, ended.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop would wait for a slow reader.
            httpContext.Abort();
        }
    }

    private async Task WriteAsync(RowWriter rows, HttpResponse response, CancellationToken cancelled)
    {
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

    // The writer's buffer is reused only after its bytes are copied or sent.
    private static async Task SendAsync(RowWriter rows, HttpResponse response, CancellationToken cancelled)
    {
        await response.BodyWriter.WriteAsync(rows.Buffer.WrittenMemory, cancelled);
        rows.Buffer.ResetWrittenCount();
        cancelled.ThrowIfCancellationRequested();
    }
}
