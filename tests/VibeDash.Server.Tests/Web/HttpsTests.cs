using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Web;

/// <summary>HTTPS by the configuration of Kestrel.</summary>
public sealed class HttpsTests : IDisposable
{
    private const string Name = "vibedash.plant";

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-https-").FullName;
    private readonly (int Plain, int Secure) _ports = (LoopbackPort.Free(), LoopbackPort.Free());

    [Fact]
    public async Task Plain_requests_are_redirected_and_a_renewed_certificate_is_read_without_a_restart()
    {
        var authority = new TestAuthority(_folder, "plant");
        var (certificate, key) = authority.Issue("first", Name);
        await using var broker = new EmbeddedTestBroker();
        using var server = new ServerProcess(
            Path.Combine(_folder, "data"), broker, $"--Kestrel:Endpoints:Plain:Url=http://127.0.0.1:{_ports.Plain}", $"--Kestrel:Endpoints:Secure:Url=https://127.0.0.1:{_ports.Secure}",
            $"--Kestrel:Endpoints:Secure:Certificate:Path={certificate}", $"--Kestrel:Endpoints:Secure:Certificate:KeyPath={key}", $"--AllowedHosts={Name}");

        (await Eventually.GetAsync(SubjectAsync, "the server answers")).ShouldBe("CN=first");
        using (var redirected = await AskAsync($"http://{Name}:{_ports.Plain}/alerts?state=open"))
            (redirected.StatusCode, redirected.Headers.Location).ShouldBe((HttpStatusCode.TemporaryRedirect, new($"https://{Name}:{_ports.Secure}/alerts?state=open")));
        using (var foreign = await AskAsync($"http://attacker.example:{_ports.Plain}/"))
            foreign.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        using (var secure = await AskAsync($"https://{Name}:{_ports.Secure}/api/v1/status"))
            (secure.StatusCode, secure.Headers.GetValues("Strict-Transport-Security").Single()).ShouldBe((HttpStatusCode.Unauthorized, "max-age=2592000"));

        var (renewed, itsKey) = authority.Issue("second", Name);
        File.Move(itsKey, key, overwrite: true);
        File.Move(renewed, certificate, overwrite: true);

        await Eventually.TrueAsync(async () => await SubjectAsync() == "CN=second", "the renewed certificate is read");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<HttpResponseMessage> AskAsync(string address, Action<string>? subject = null)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.ConnectCallback = async (context, cancelled) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancelled);
            return new NetworkStream(socket, ownsSocket: true);
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, faults) =>
        {
            subject?.Invoke(certificate!.Subject);
            return (faults & SslPolicyErrors.RemoteCertificateNameMismatch) == 0;
        };
        using var http = new HttpClient(handler);
        return await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
    }

    private async Task<string?> SubjectAsync()
    {
        string? subject = null;
        try
        {
            using var response = await AskAsync($"https://{Name}:{_ports.Secure}/health", found => subject = found);
        }
        catch (HttpRequestException)
        {
            return null;
        }

        return subject;
    }
}
