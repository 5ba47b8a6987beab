using System.Diagnostics;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Operations;

/// <summary>Messages of a server that cannot start: mostly from its program in this process, the rest from separate processes.</summary>
public sealed class StartupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-start-").FullName;

    [Theory]
    [InlineData("Broker:Port", "99999", "Broker:Port is '99999'; allowed: 0 to 65535.")]
    [InlineData("Broker:Port", "many", "'many'")]
    [InlineData("Broker:ListenAddress", "everywhere", "Broker:ListenAddress is 'everywhere'; allowed: an IP address such as 127.0.0.1 or 0.0.0.0.")]
    [InlineData("Broker:ClientId", "", "Broker:ClientId is ''; allowed: 1 to 128 characters.")]
    [InlineData("Broker:ReceiveMaximum", "0", "Broker:ReceiveMaximum is '0'; allowed: 1 to 65535.")]
    [InlineData("Broker:TopicFilters:0", "a/#/b", "Broker:TopicFilters is 'a/#/b'; allowed: MQTT topic filters")]
    [InlineData("Broker:CertificateAuthorityFile", "/nowhere.pem", "Broker:CertificateAuthorityFile is '/nowhere.pem'; allowed: a PEM file with the certificates of an authority, with Tls=true (Tls is false)")]
    [InlineData("Storage:MaximumSensors", "0", "Storage:MaximumSensors is '0'; allowed: 1 to 1,000,000.")]
    [InlineData("Alerts:MaximumShelvingHours", "0", "Alerts:MaximumShelvingHours is '0'; allowed: 0.25 to 720.")]
    [InlineData("Alerts:ChatteringCycles", "1", "Alerts:ChatteringCycles is '1'; allowed: 2 to 10.")]
    [InlineData("Alerts:ChatteringSeconds", "4000", "Alerts:ChatteringSeconds is '4000'; allowed: 1 to 3600.")]
    [InlineData("Web:Proxies:0", "proxy", "Web:Proxies is 'proxy'; allowed: IP addresses, and networks such as 10.0.0.0/8.")]
    [InlineData("Web:RequestsPerSecond", "1", "Web:RequestsPerSecond is '1'; allowed: 10 to 1,000,000.")]
    [InlineData("Storage:Folder", "/proc/nowhere", "/proc/nowhere")]
    public async Task A_wrong_option_stops_the_start_with_one_line_that_names_it(string key, string value, string expected)
    {
        var (exitCode, error) = await CallAsync($"--{key}={value}");

        exitCode.ShouldBe(1);
        error.ShouldContain(expected);
        error.ShouldContain(key.StartsWith("Storage:Folder", StringComparison.Ordinal) ? "database" : key.Replace(":0", "", StringComparison.Ordinal));
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_of_HTTPS_without_a_certificate_stops_the_start_with_one_line()
    {
        var (exitCode, error) = await CallAsync("--Urls=https://127.0.0.1:0", "--Broker:Port=0");

        (exitCode, error.Trim()).ShouldBe((1, "An HTTPS address has no certificate. Set Kestrel:Certificates:Default:Path and KeyPath, or those of its endpoint, to PEM files."));
    }

    [Theory]
    [InlineData("Broker:Hots is 'b'; allowed: nothing; a broker supports Host, Port,", "Broker:Hots=b")]
    [InlineData("Broker:Protocol is '4'; allowed: 5 or 3.1.1.", "Broker:Protocol=4")]
    [InlineData("Broker:TlsHostName is 'b'; allowed: a host name, with a Host and Tls=true.", "Broker:TlsHostName=b")]
    [InlineData("Broker:CertificateFile is ''; allowed: a PEM file with a certificate, with Tls=true and its private key in KeyFile (", "Broker:Tls=true")]
    [InlineData("Broker:CertificateFile is '/nowhere.crt'; allowed: a PEM file with a certificate, with Tls=true and its private key in KeyFile (Could not find", "Broker:TlsPort=8883", "Broker:CertificateFile=/nowhere.crt")]
    [InlineData("Broker:CertificateFile is '/nowhere.crt'; allowed: a PEM file with a certificate, with Tls=true and its private key in KeyFile (Tls is false)", "Broker:CertificateFile=/nowhere.crt")]
    [InlineData("Broker:TlsPort is '8883'; allowed: nothing with a Host, and nothing with Tls=true, which encrypts Port.", "Broker:TlsPort=8883", "Broker:Host=b", "Broker:Port=1")]
    [InlineData("Broker:TlsPort is '1884'; allowed: another port than Port.", "Broker:TlsPort=1884", "Broker:Port=1884")]
    [InlineData("Broker:TlsPort is '99999'; allowed: 0 to 65535.", "Broker:TlsPort=99999")]
    [InlineData("Broker:KeyFile is '/k'; allowed: only together with CertificateFile.", "Broker:KeyFile=/k")]
    [InlineData("Broker:CertificateFile is '/nowhere.crt'; allowed: a PEM file with a certificate, with Tls=true and its private key in KeyFile (Could not find", "Broker:Host=b", "Broker:Port=1", "Broker:Tls=true", "Broker:CertificateFile=/nowhere.crt")]
    [InlineData("Broker:Host is 'a'; allowed: not together with Brokers, which have their own.", "Broker:Host=a", "Brokers:0:Name=north")]
    [InlineData("Brokers:0:Name is ''; allowed: 1 to 64 letters", "Brokers:0:Host=a")]
    [InlineData("Brokers:1:Name is 'north'; allowed: 1 to 64 letters", "Brokers:0:Name=north", "Brokers:1:Name=north", "Brokers:1:Host=b")]
    [InlineData("Brokers:1:Port is '0'; allowed: 1 to 65535 for an external broker.", "Brokers:0:Name=north", "Brokers:1:Name=south", "Brokers:1:Host=b", "Brokers:1:Port=0")]
    [InlineData("Brokers:1:Host is ''; allowed: a name or address: Brokers:0 is the embedded broker already.", "Brokers:0:Name=north", "Brokers:1:Name=south")]
    [InlineData("Brokers:1:ClientId is ''; allowed: one different from that of Brokers:0, which is the same broker", "Brokers:0:Name=north", "Brokers:0:Host=b", "Brokers:1:Name=south", "Brokers:1:Host=B")]
    [InlineData("Brokers:1:Hots is 'b'; allowed: nothing; a broker supports Name, Host,", "Brokers:0:Name=north", "Brokers:1:Name=south", "Brokers:1:Hots=b")]
    [InlineData("Brokers:0:Name is 'north'; allowed: a broker used by at least one of Sources.", "Brokers:0:Name=north", "Brokers:1:Name=south", "Brokers:1:Host=b", "Sources:0:TopicFilter=a", "Sources:0:Broker=south")]
    [InlineData("Brokers:1:TopicFilters:0 is 'a'; allowed: not together with Sources", "Brokers:0:Name=north", "Brokers:1:Name=south", "Brokers:1:Host=b", "Brokers:1:TopicFilters:0=a", "Sources:0:TopicFilter=a")]
    [InlineData("Sources:0:Broker is 'west'; allowed: the name of a broker: broker.", "Sources:0:TopicFilter=a", "Sources:0:Broker=west")]
    [InlineData("Sources:1:TopicFilter is 'a/b'; allowed: a topic filter that Sources:0:TopicFilter 'a/#' does not cover completely", "Sources:0:TopicFilter=a/#", "Sources:1:TopicFilter=a/b")]
    [InlineData("Broker:TopicFilters:1 is '{sensor}'; allowed: a topic filter that Broker:TopicFilters:0 '+' does not cover completely", "Broker:TopicFilters:0=+", "Broker:TopicFilters:1={sensor}")]
    public async Task Wrong_brokers_stop_the_start_with_one_line_that_names_what_is_wrong(string expected, params string[] settings)
    {
        var (exitCode, error) = await CallAsync([.. settings.Select(setting => $"--{setting}")]);

        exitCode.ShouldBe(1);
        error.ShouldContain(expected);
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("OpenIdConnect:Authority is ''; allowed: the address of the provider, as the other settings of OpenIdConnect are set.", "ClientId=vibedash")]
    [InlineData("OpenIdConnect:Authority is 'login.plant'; allowed: an address such as", "Authority=login.plant", "ClientId=vibedash", "Roles:Viewer:0=a")]
    [InlineData("OpenIdConnect:ClientId is ''; allowed: the client id of VibeDash at the provider.", "Authority=https://login.plant", "Roles:Viewer:0=a")]
    [InlineData("OpenIdConnect:ClientSecretFile is '/nowhere'; allowed: a secret, in ClientSecret or in a readable file", "Authority=https://login.plant", "ClientId=vibedash", "ClientSecretFile=/nowhere", "Roles:Viewer:0=a")]
    [InlineData("OpenIdConnect:ClientSecretFile is '/dev/null'; allowed: a secret", "Authority=https://login.plant", "ClientId=vibedash", "ClientSecretFile=/dev/null", "Roles:Viewer:0=a")]
    [InlineData("OpenIdConnect:DisplayName is ''; allowed: 1 to 50 characters.", "Authority=https://login.plant", "ClientId=vibedash", "DisplayName=", "Roles:Viewer:0=a")]
    [InlineData("OpenIdConnect:RoleClaim is ''; allowed: the name of a claim.", "Authority=https://login.plant", "ClientId=vibedash", "RoleClaim=", "Roles:Viewer:0=a")]
    [InlineData("OpenIdConnect:Roles is 'Boss'; allowed: Viewer, Technician, Engineer, Administrator, not 'Boss'.", "Authority=https://login.plant", "ClientId=vibedash", "Roles:Boss:0=a")]
    [InlineData("OpenIdConnect:Roles is ''; allowed: for each role its values of the claim", "Authority=https://login.plant", "ClientId=vibedash")]
    [InlineData("OpenIdConnect:Roles is ''; allowed: for each role its values of the claim", "Authority=https://login.plant", "ClientId=vibedash", "Roles:Viewer=a")]
    [InlineData("OpenIdConnect:Roles is 'Engineer, Viewer'; allowed: each value for one role; 'a' is there twice.", "Authority=https://login.plant", "ClientId=vibedash", "Roles:Viewer:0=a", "Roles:Engineer:0=a")]
    [InlineData("OpenIdConnect:Scopes is 'profile groups'; allowed: scopes without spaces, one in each entry.", "Authority=https://login.plant", "ClientId=vibedash", "Scopes:0=profile groups", "Roles:Viewer:0=a")]
    [InlineData("OpenIdConnect:SessionHours is '0'; allowed: 1 to 336.", "Authority=https://login.plant", "ClientId=vibedash", "SessionHours=0", "Roles:Viewer:0=a")]
    public async Task A_wrong_provider_stops_the_start_with_one_line_that_names_what_is_wrong(string expected, params string[] settings)
    {
        var (exitCode, error) = await CallAsync([.. settings.Select(setting => $"--OpenIdConnect:{setting}")]);

        exitCode.ShouldBe(1);
        error.ShouldContain(expected);
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("CertificateFile", "a.crt", "b.key", "(The key contents do not contain a PEM, the content is malformed, or the key does not match the certificate)")]
    [InlineData("CertificateFile", "a.key", "a.key", "(The certificate contents do not contain a PEM with a CERTIFICATE label, or the content is malformed)")]
    [InlineData("CertificateFile", "a.crt", "secret.key", "(The key contents do not contain a PEM")]
    [InlineData("CertificateAuthorityFile", "a.crt", "a.key", "(There is no certificate in the file of the authority)", "a.key")]
    public async Task A_certificate_that_cannot_be_used_stops_the_start(string key, string certificate, string itsKey, string expected, string? authority = null)
    {
        var issuer = new TestAuthority(_folder, "plant");
        issuer.Issue("a");
        issuer.Issue("b");
        issuer.Issue("secret", keyPassword: "of the key");
        var path = Path.Combine(_folder, authority ?? certificate);
        List<string> arguments = ["--Broker:Tls=true", $"--Broker:CertificateFile={Path.Combine(_folder, certificate)}", $"--Broker:KeyFile={Path.Combine(_folder, itsKey)}"];
        if (authority is not null)
            arguments.Add($"--Broker:CertificateAuthorityFile={path}");

        var (exitCode, error) = await CallAsync([.. arguments]);

        exitCode.ShouldBe(1);
        error.ShouldContain($"Broker:{key} is '{path}'; allowed: a PEM file with");
        error.ShouldContain(expected);
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("Sources:0:TopicFilter is 'a/{x'; allowed: MQTT topic filters", "TopicFilter=a/{x")]
    [InlineData("Sources:0:TopicFilter is ''; allowed: MQTT topic filters", "Profile=Number")]
    [InlineData("Sources:0:Profile is 'Xml'; allowed: VibrationRecorded, Number, Json, CloudEvents, Status, MachineState, SparkplugB.", "TopicFilter=a", "Profile=Xml")]
    [InlineData("Sources:0:Unit is 'g'; allowed: nothing; profile VibrationRecorded supports TopicFilter, Profile, Broker, SendsOnChange, Absolute, Signed.", "TopicFilter=a", "Unit=g")]
    [InlineData("Sources:0:SendsOnChange is 'yes'; allowed: true or false.", "TopicFilter=a", "SendsOnChange=yes")]
    [InlineData("Sources:0:SendsOnChange is 'true'; allowed: nothing; profile Status supports", "TopicFilter={sensor}/status", "Profile=Status", "SendsOnChange=true")]
    [InlineData("Sources:0:TopicFilter is 'a/status'; allowed: a topic filter with a level {sensor}", "TopicFilter=a/status", "Profile=Status")]
    [InlineData("Sources:0:SensorId is '$.id'; allowed: a text; a path only together with Value", "TopicFilter=a", "Profile=Status", "SensorId=$.id")]
    [InlineData("Sources:0:Value is 'state'; allowed: a path such as $.a.b", "TopicFilter={sensor}", "Profile=Status", "Value=state")]
    [InlineData("Sources:0:Online and Offline are both 'Up'; allowed: different words.", "TopicFilter={sensor}", "Profile=Status", "Online=Up", "Offline:0=down", "Offline:1=up")]
    [InlineData("Sources:0:TopicFilter is 'a/+'; allowed: a topic filter with named levels that make the location of a machine", "TopicFilter=a/+", "Profile=MachineState")]
    [InlineData("Sources:0:Location is 'M'; allowed: not together with SensorId", "TopicFilter=a", "Profile=MachineState", "Location=M", "SensorId=VB-1")]
    [InlineData("Sources:0:Location is '$.m'; allowed: a text; a path only together with Value", "TopicFilter=a", "Profile=MachineState", "Location=$.m")]
    [InlineData("Sources:0:Timestamp is '$.t'; allowed: a path only together with Value", "TopicFilter={machine}", "Profile=MachineState", "Timestamp=$.t")]
    [InlineData("Sources:0:TimestampFormat is 'x'; allowed: Iso8601, UnixSeconds, UnixMilliseconds, UnixMicroseconds.", "TopicFilter={machine}", "Profile=MachineState", "Value=$.v", "Timestamp=$.t", "TimestampFormat=x")]
    [InlineData("Sources:0:Running and Stopped are both 'Off'; allowed: different words.", "TopicFilter={machine}", "Profile=MachineState", "Running=Off")]
    [InlineData("Sources:0:TopicFilter is '#'; allowed: a topic filter that starts with spBv1.0/", "TopicFilter=#", "Profile=SparkplugB")]
    [InlineData("Sources:0:HostId is 'a/b'; allowed: a text without / + #.", "TopicFilter=spBv1.0/#", "Profile=SparkplugB", "HostId=a/b")]
    [InlineData("Sources:0:Baseline is '-1'; allowed: a number of at least 0 and at most 1,000,000,000,000, or the name of a metric.", "TopicFilter=spBv1.0/#", "Profile=SparkplugB", "Baseline=-1")]
    [InlineData("Sources:0:Signed is 'true'; allowed: true only without Absolute", "TopicFilter=a", "Absolute=true", "Signed=true")]
    [InlineData("Sources:0:Signed is 'True'; allowed: true only without Absolute", "TopicFilter={sensor}", "Profile=Number", "Unit=g", "Absolute=True", "Signed=True")]
    [InlineData("Sources:0:Signed is 'true'; allowed: true only without Absolute", "TopicFilter={sensor}", "Profile=Json", "Level=$.v", "Unit=g", "Absolute=true", "Signed=true")]
    [InlineData("Sources:0:Signed is 'true'; allowed: true only without Absolute", "TopicFilter={sensor}", "Profile=CloudEvents", "Absolute=true", "Signed=true")]
    [InlineData("Sources:0:Signed is 'true'; allowed: true only without Absolute", "TopicFilter=spBv1.0/#", "Profile=SparkplugB", "Absolute=true", "Signed=true")]
    [InlineData("Sources:0:Absolute is 'yes'; allowed: true or false.", "TopicFilter=a", "Absolute=yes")]
    [InlineData("Sources:0:Signed is 'true'; allowed: nothing; profile Status supports", "TopicFilter={sensor}", "Profile=Status", "Signed=true")]
    [InlineData("Sources:0:SensorId is 'x'; allowed: nothing; profile SparkplugB supports", "TopicFilter=spBv1.0/#", "Profile=SparkplugB", "SensorId=x")]
    [InlineData("Sources:0:Levle is '$.a'; allowed: nothing; profile Json supports", "TopicFilter={sensor}", "Profile=Json", "Levle=$.a")]
    [InlineData("Sources:0:TopicFilter is 'a/+'; allowed: a topic filter with a level {sensor}", "TopicFilter=a/+", "Profile=Number", "Unit=g")]
    [InlineData("Sources:0:Unit is ''; allowed: a text of 1 to 64 characters", "TopicFilter={sensor}", "Profile=Number")]
    [InlineData("Sources:0:SensorId is '<b>'; allowed: letters", "TopicFilter=a", "Profile=Number", "Unit=g", "SensorId=<b>")]
    [InlineData("Sources:0:Baseline is '-1'; allowed: a number of at least 0", "TopicFilter={sensor}", "Profile=Number", "Unit=g", "Baseline=-1")]
    [InlineData("Sources:0:Baseline is '1e13'; allowed: a number of at least 0 and at most 1,000,000,000,000", "TopicFilter={sensor}", "Profile=Number", "Unit=g", "Baseline=1e13")]
    [InlineData("Sources:0:Multiplier is '0'; allowed: a number above 0, at most 1,000,000,000,000.", "TopicFilter={sensor}", "Profile=Number", "Unit=g", "Multiplier=0")]
    [InlineData("Sources:0:When is '$.port'; allowed: a condition with a Path", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Level=$.rms", "When=$.port")]
    [InlineData("Sources:0:When:Path is ''; allowed: a path such as $.a.b", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Level=$.rms", "When:Equals=2")]
    [InlineData("Sources:0:When:1:Is is '2'; allowed: nothing; a condition supports Path, Equals, Matches.", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Level=$.rms", "When:0:Path=$.a", "When:1:Is=2")]
    [InlineData("Sources:0:When:Matches is '(?<=a)b'; allowed: a regular expression without lookarounds", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Level=$.rms", "When:Path=$.a", "When:Matches=(?<=a)b")]
    [InlineData("Sources:0:Level is 'rms'; allowed: a path such as $.a.b", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Level=rms")]
    [InlineData("Sources:0:Level is '@.rms'; allowed: a path such as $.a.b", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Level=@.rms")]
    [InlineData("Sources:0:Level is ''; allowed: a path such as $.a.b", "TopicFilter={sensor}", "Profile=Json", "Unit=g")]
    [InlineData("Sources:0:Items is '$.a'; allowed: a path to an array such as $.samples[*].", "TopicFilter={sensor}", "Profile=Json", "Items=$.a")]
    [InlineData("Sources:0:TimestampFormat is 'Unix'; allowed: Iso8601, UnixSeconds, UnixMilliseconds, UnixMicroseconds.", "TopicFilter={sensor}", "Profile=Json", "Timestamp=$.t", "TimestampFormat=Unix")]
    [InlineData("Sources:0:TimestampFormat is 'UnixSeconds'; allowed: only together with Timestamp.", "TopicFilter={sensor}", "Profile=Json", "TimestampFormat=UnixSeconds")]
    [InlineData("Sources:0:Readings:1:Suffix is '-x'; allowed: letters", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Readings:0:Suffix=-x", "Readings:0:Level=$.x", "Readings:1:Suffix=-x", "Readings:1:Level=$.y")]
    [InlineData("Sources:0:Level is '$.a'; allowed: not together with Readings", "TopicFilter={sensor}", "Profile=Json", "Unit=g", "Level=$.a", "Readings:0:Level=$.x")]
    [InlineData("Sources:0:SensorId is '$.subject'; allowed: nothing; profile CloudEvents without Level or Readings", "TopicFilter=a", "Profile=CloudEvents", "SensorId=$.subject")]
    public async Task A_wrong_source_stops_the_start_with_one_line_that_names_it(string expected, params string[] source)
    {
        var (exitCode, error) = await CallAsync([.. source.Select(setting => $"--Sources:0:{setting}")]);

        exitCode.ShouldBe(1);
        error.ShouldContain(expected);
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Topic_filters_in_two_places_stop_the_start()
    {
        var (exitCode, error) = await CallAsync("--Sources:0:TopicFilter=a", "--Broker:TopicFilters:0=b");

        exitCode.ShouldBe(1);
        error.ShouldContain("Broker:TopicFilters:0 is 'b'; allowed: not together with Sources");
    }

    [Theory]
    [InlineData("Broker:Port is '99999'; allowed: 0 to 65535.", "Broker:Port=99999")]
    [InlineData("Alerts:ChatteringCycles is '1'; allowed: 2 to 10.", "Alerts:ChatteringCycles=1")]
    [InlineData("Brokers:0:Name is ''; allowed: 1 to 64 letters", "Brokers:0:Host=a")]
    [InlineData("Sources:0:Profile is 'Xml'; allowed: VibrationRecorded, Number,", "Sources:0:TopicFilter=a", "Sources:0:Profile=Xml")]
    public async Task A_process_that_is_wrongly_configured_ends_with_one_line_that_says_so(string expected, params string[] settings)
    {
        var (exitCode, error, _) = await RunAsync([.. settings.Select(setting => $"--{setting}")]);

        exitCode.ShouldBe(1);
        error.ShouldContain(expected);
        error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("Broker:Port", "")]
    [InlineData("Urls", "http://127.0.0.1:")]
    public async Task A_port_that_is_taken_stops_the_start_with_one_line_on_the_whole_console(string key, string before)
    {
        await using var broker = new EmbeddedTestBroker();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, broker.Port);
        taken.Start();

        var (exitCode, error, output) = await RunAsync($"--{key}={before}{broker.Port}");

        exitCode.ShouldBe(1);
        error.ShouldContain($"127.0.0.1:{broker.Port}");
        error.Trim().Split('\n').Length.ShouldBe(1);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var file = Path.Combine(_folder, "vibedash.db");
        await File.WriteAllTextAsync(file, new string('x', 5000), TestContext.Current.CancellationToken);

        var (exitCode, error, _) = await RunAsync();

        exitCode.ShouldBe(1);
        error.ShouldContain(file);
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(new string('x', 5000));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Common => [$"--Storage:Folder={_folder}", "--Broker:Port=0", "--Urls=http://127.0.0.1:0"];

    private Task<(int ExitCode, string Error)> CallAsync(params string[] arguments) => ServerProgram.RunAsync([.. Common, .. arguments]);

    private async Task<(int ExitCode, string Error, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [ServerProcess.Program, .. Common, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeLimit.Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = await process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, error, await output);
        }
        finally
        {
            process.Kill();
        }
    }
}
