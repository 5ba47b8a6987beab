using System.Net;
using System.Text.RegularExpressions;

namespace VibeDash.Tests.Shared;

/// <summary>Signs in as a browser does: the page, its hidden fields, and the form.</summary>
internal static partial class SignInForm
{
    /// <summary>Sends the first form of a page with its hidden fields, following redirects.</summary>
    /// <param name="http">Keeps cookies.</param>
    /// <param name="page">Path and query of the page.</param>
    /// <param name="fields">The other fields.</param>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, string page, params (string Name, string Value)[] fields) =>
        await (await ReadyAsync(http, page, fields))();

    /// <summary>Gets the page of a form.</summary>
    /// <returns>Sends the form.</returns>
    public static async Task<Func<Task<HttpResponseMessage>>> ReadyAsync(HttpClient http, string page, params (string Name, string Value)[] fields)
    {
        var address = new Uri(page, UriKind.Relative);
        var html = await http.GetStringAsync(address);
        var form = html[..html.IndexOf("</form>", StringComparison.Ordinal)];
        var filledIn = Hidden().Matches(form).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))).ToArray();
        return async () =>
        {
            using var content = new FormUrlEncodedContent(filledIn);
            return await http.PostAsync(address, content);
        };
    }

    /// <summary>Sends one of several forms of a page.</summary>
    public static Task<HttpResponseMessage> SendFormAsync(HttpClient http, string page, string form, params (string Name, string Value)[] fields) => SendFormToAsync(http, page, page, form, fields);

    /// <summary>Sends a form to a page with the token of another page.</summary>
    public static async Task<HttpResponseMessage> SendFormToAsync(HttpClient http, string target, string page, string form, params (string Name, string Value)[] fields)
    {
        var html = await http.GetStringAsync(new Uri(page, UriKind.Relative));
        var token = Hidden().Matches(html).First(field => field.Groups[1].Value == "__RequestVerificationToken").Groups[2].Value;
        using var content = new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", WebUtility.HtmlDecode(token)), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await http.PostAsync(new Uri(target, UriKind.Relative), content);
    }

    /// <summary>Adds the first person with the link that the console shows, and signs in.</summary>
    public static Task<HttpResponseMessage> SetUpAsync(HttpClient http, string link, string name, string password) =>
        SendAsync(http, link, ("Entry.Name", name), ("Entry.Password", password));

    /// <summary>Signs in.</summary>
    public static Task<HttpResponseMessage> SignInAsync(HttpClient http, string name, string password) =>
        SendAsync(http, "/sign-in", ("Entry.Name", name), ("Entry.Password", password));

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)" ?/?>""")]
    private static partial Regex Hidden();
}
