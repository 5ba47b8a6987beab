using VibeDash.Server.Hosting;

namespace VibeDash.Server.Tests.Operations;

public sealed class UnreadSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vibedash-settings-");

    [Fact]
    public void A_settings_file_where_the_server_was_started_is_named_unless_it_is_the_one_that_is_read()
    {
        var program = _folder.CreateSubdirectory("program").FullName + "/";
        File.WriteAllText(Path.Combine(program, "appsettings.json"), "{}");
        StartupNotice.UnreadSettings(_folder.FullName, program).ShouldBeNull();

        var file = Path.Combine(_folder.FullName, "appsettings.json");
        File.WriteAllText(file, "{}");
        StartupNotice.UnreadSettings(_folder.FullName, program).ShouldBeNull("the same settings");
        File.WriteAllText(file, """{"Demo":{"Enabled":false}}""");

        StartupNotice.UnreadSettings(_folder.FullName, program).ShouldBe(file);
        StartupNotice.UnreadSettings(program, program).ShouldBeNull();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
