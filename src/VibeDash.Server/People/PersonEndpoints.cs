using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.People;

/// <summary>People, keys and one's own sign-in over HTTP.</summary>
internal static class PersonEndpoints
{
    /// <summary>Maps <c>me</c>, <c>people</c>, <c>displays</c> and <c>keys</c>.</summary>
    public static RouteGroupBuilder MapPeople(this RouteGroupBuilder api)
    {
        var me = api.MapGroup("me").WithTags("People").Requires(Permission.View);
        me.MapGet("", async (IPersonApi people, CancellationToken cancelled) => TypedResults.Ok(await people.GetSignedInAsync(cancelled)))
            .WithSummary("Who makes this request, and what they may do.");
        me.MapPost("sign-out", SignOutAsync)
            .WithSummary("Ends this session and closes its open connections.");

        var people = api.MapGroup("people").WithTags("People").Requires(Permission.Administer);
        people.MapGet("", async (IPersonApi people, CancellationToken cancelled) => TypedResults.Ok(await people.GetPeopleAsync(cancelled)))
            .WithSummary("Who may sign in.");
        people.MapPost("", async (NewPerson person, IPersonApi people, CancellationToken cancelled) => (await people.AddPersonAsync(person, cancelled)).ToResult())
            .Writes(Permission.Administer, RefusalCode.InvalidInput, RefusalCode.PersonNameTaken)
            .WithSummary("Adds a person.");
        people.MapPatch("{personId}", async (string personId, PersonEdit edit, IPersonApi people, CancellationToken cancelled) =>
                (await people.ChangePersonAsync(personId, edit, cancelled)).ToResult())
            .Writes(Permission.Administer, RefusalCode.InvalidInput, RefusalCode.PersonUnknown, RefusalCode.PersonOfProvider, RefusalCode.LastAdministrator)
            .WithSummary("Changes the role or the password of a person, or locks them out. It ends all their sessions and closes their open connections.");
        people.MapDelete("{personId}", async (string personId, IPersonApi people, CancellationToken cancelled) => (await people.RemovePersonAsync(personId, cancelled)).ToResult())
            .Writes(Permission.Administer, RefusalCode.PersonUnknown, RefusalCode.LastAdministrator)
            .WithSummary("Removes a person. What they did stays on record.");

        api.MapPost("displays", async (NewDisplay display, IPersonApi people, CancellationToken cancelled) => (await people.PairDisplayAsync(display, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.DisplayCodeUnknown, RefusalCode.OutsidePlaces, RefusalCode.TooManyKeys)
            .WithTags("People")
            .WithSummary("Pairs the display that shows the code of `/display`: it gets a key for looking, at `places` or all that the caller sees. The answer is that key, to be revoked as any other.");

        var keys = api.MapGroup("keys").WithTags("People").Requires(Permission.Administer);
        keys.MapGet("", async (IPersonApi people, CancellationToken cancelled) => TypedResults.Ok(await people.GetKeysAsync(cancelled)))
            .WithSummary("The keys of programs, without their secrets.");
        keys.MapPost("", async (NewAccessKey key, IPersonApi people, CancellationToken cancelled) => (await people.MakeKeyAsync(key, cancelled)).ToResult())
            .Writes(Permission.Administer, RefusalCode.InvalidInput, RefusalCode.TooManyKeys)
            .WithSummary("Makes a key. The answer has the whole key, which is shown this once: send it as `Authorization: Bearer`, or over MQTT its two parts as user name and password.");
        keys.MapPost("{keyId}/revoke", async (string keyId, IPersonApi people, CancellationToken cancelled) => (await people.RevokeKeyAsync(keyId, cancelled)).ToResult())
            .Writes(Permission.Administer, RefusalCode.KeyUnknown)
            .WithSummary("Revokes a key for good, and closes the connections that are open with it.");
        return api;
    }

    private static async Task SignOutAsync(HttpContext context, PersonRecord record)
    {
        var actor = RequestActor.Of(context).Actor;
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        await record.AddAsync("SignOut", actor);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
