using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Live;

/// <summary>Sends requests to the HTTP API (<c>/api/v1</c>). Every failure is an <see cref="HttpRequestException"/>, a time-out included.</summary>
/// <param name="http">Its base address is the site.</param>
internal sealed class ApiClient(HttpClient http)
{
    private const string Root = "api/v1/";

    /// <summary>A path with its arguments escaped.</summary>
    public static string Path(FormattableString path) => string.Format(
        CultureInfo.InvariantCulture,
        path.Format,
        [.. path.GetArguments().Select(argument => Uri.EscapeDataString(Convert.ToString(argument, CultureInfo.InvariantCulture) ?? ""))]);

    /// <summary>Reads the body of a response.</summary>
    /// <exception cref="HttpRequestException">There is no body.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw Empty(response.RequestMessage?.RequestUri?.PathAndQuery);

    /// <summary>Reads the problem details of a refusal.</summary>
    /// <exception cref="HttpRequestException">It is none, or one by which the server says that it failed.</exception>
    public static async Task<(Refusal Refusal, Problem Problem)> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            response.EnsureSuccessStatusCode();
        var problem = await ReadAsync(response, DashboardJson.Default.Problem, cancellationToken);
        return problem.ToRefusal() is { Code: not (RefusalCode.NotStoredInTime or RefusalCode.ProcessingFailed) } refusal
            ? (refusal, problem)
            : throw new HttpRequestException(problem.ToSentence(), null, response.StatusCode);
    }

    /// <summary>Throws when the server refused or failed a request that has no refusal as its answer.</summary>
    /// <exception cref="HttpRequestException">With the sentence of the refusal.</exception>
    public static async Task EnsureDoneAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException((await ReadProblemAsync(response, cancellationToken)).Problem.ToSentence(), null, response.StatusCode);
    }

    /// <summary>Gets an object that exists.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await FindAsync(path, type, cancellationToken) ?? throw Empty(path);

    /// <summary>Gets an object; null when the server answers 404 or 204.</summary>
    public Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync<T?>(
            HttpMethod.Get,
            path,
            null,
            async response =>
            {
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NoContent)
                    return null;
                await EnsureDoneAsync(response, cancellationToken);
                return await response.Content.ReadFromJsonAsync(type, cancellationToken);
            },
            cancellationToken);

    /// <summary>Sends a command.</summary>
    public Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync<Answer<T>>(
            method,
            path,
            body,
            async response => response.IsSuccessStatusCode
                ? await ReadAsync(response, type, cancellationToken)
                : (await ReadProblemAsync(response, cancellationToken)).Refusal,
            cancellationToken);

    /// <summary>Deletes an object; false when it does not exist.</summary>
    public Task<bool> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Delete,
        path,
        null,
        async response =>
        {
            if (response.StatusCode != HttpStatusCode.NotFound)
                await EnsureDoneAsync(response, cancellationToken);
            return response.IsSuccessStatusCode;
        },
        cancellationToken);

    /// <summary>Sends a request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Path and query below <c>/api/v1/</c>.</param>
    /// <param name="body">The body; null for none. Disposed with the request.</param>
    /// <param name="read">Reads the response, whatever its status code.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent? body, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, Root + path) { Content = body };
            using var response = await http.SendAsync(request, cancellationToken);
            return await read(response);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The server did not answer in time.", e);
        }
        catch (JsonException e)
        {
            // For example the log-in page of a proxy.
            throw new HttpRequestException("The answer is not from the VibeDash server.", e);
        }
    }

    private static HttpRequestException Empty(string? path) => new($"The server's answer to '{path}' is empty.");
}
