using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.People;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.Hosting;

/// <summary>What the program does in place of serving, when its first argument says so; the server may run meanwhile.</summary>
internal static class OneTimeCommand
{
    private static readonly string[] Names = ["verify", "set-up"];

    /// <summary>True when the first argument names a command.</summary>
    public static bool IsIn(string[] args) => args is [{ } name, ..] && Names.Contains(name, StringComparer.Ordinal);

    /// <summary>Runs the command.</summary>
    /// <param name="name">The first argument.</param>
    /// <param name="services">The services of a server that is not started.</param>
    /// <param name="input">Where a password is read from.</param>
    /// <param name="output">Where the result is written.</param>
    /// <returns>Exit code: 0 when all is well.</returns>
    public static Task<int> RunAsync(string name, IServiceProvider services, TextReader input, TextWriter output) =>
        name == "verify" ? VerifyAsync(services, output) : SetUpAsync(services, input, output);

    // Reads the database; the event loop may write to it meanwhile.
    private static async Task<int> VerifyAsync(IServiceProvider services, TextWriter output)
    {
        try
        {
            await using var context = await services.GetRequiredService<IDbContextFactory<VibeDashContext>>().CreateDbContextAsync();
            var (faults, entries, unchained) = CommandChain.Verify(context);
            foreach (var fault in faults)
                await output.WriteLineAsync(fault);
            await output.WriteLineAsync(faults.Count == 0 ? $"The record of commands is as it was written: {entries:N0} entries." : "The record of commands is not as it was written.");
            if (unchained > 0)
                await output.WriteLineAsync($"{unchained:N0} of them are of before there was a chain: nothing can be said about these.");
            return faults.Count == 0 ? 0 : 1;
        }
        catch (DbException unreadable)
        {
            await output.WriteLineAsync($"The database cannot be read: {unreadable.Message}");
            return 1;
        }
    }

    // For a server in a container, whose console and loopback nobody reaches with a browser.
    private static async Task<int> SetUpAsync(IServiceProvider services, TextReader input, TextWriter output)
    {
        await using var scope = services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        if (await people.Users.AnyAsync(person => person.Role == Role.Administrator && !person.IsBlocked && person.PasswordHash != null))
        {
            await output.WriteLineAsync("There is an administrator already, who adds others on the page People.");
            return 1;
        }

        await output.WriteAsync("Name: ");
        var name = await input.ReadLineAsync();
        await output.WriteAsync("Password: ");
        var person = new NewPerson(name?.Trim() ?? "", await input.ReadLineAsync() ?? "", Role.Administrator);
        if (person.Fault() is { } fault)
        {
            await output.WriteLineAsync(Core.Faults.FaultText.Of(fault));
            return 1;
        }

        var result = await people.CreateAsync(Person.Of(person, UnixMicroseconds.Now(services.GetRequiredService<TimeProvider>())), person.Password);
        await output.WriteLineAsync(PersonService.Refused(result, person.Name) is { } refusal ? RefusalText.Of(refusal) : $"{person.Name} may sign in now.");
        return result.Succeeded ? 0 : 1;
    }
}
