using System.Net;
using VibeDash.Core.People;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>People must see that nothing can be stored.</summary>
public sealed class FullDiskSignInTests
{
    [Fact]
    public async Task On_a_full_disk_the_signed_in_go_on_and_others_sign_in_and_out()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        await using var broker = new EmbeddedTestBroker();
        await using var server = await TestServer.StartAsync(disk.Folder, broker);
        using var plant = await Plant.SetUpAsync(server);
        await plant.AddAsync("Ted", Role.Technician);
        await disk.FillAsync();

        var ted = await plant.SignInAsync("Ted");
        (await Plant.StatusAsync(plant.Ada)).ShouldBe(HttpStatusCode.OK);
        using (var wrong = plant.Browser())
        {
            using var answer = await SignInForm.SignInAsync(wrong, "Ted", "not his password");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await Plant.StatusAsync(wrong)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var left = await ted.PostAsync("api/v1/me/sign-out", null, TestContext.Current.CancellationToken);
        (await Plant.StatusAsync(ted)).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
