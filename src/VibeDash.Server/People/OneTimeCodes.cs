using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>
/// Checks the codes of authenticator apps (TOTP, RFC 6238: SHA-1, six digits, 30 s). A code is good in its time step, the one before and the one after,
/// and once: using it also ends those of earlier steps. The framework's own check takes a code as often as it is sent, for five steps.
/// </summary>
internal sealed partial class OneTimeCodes(UsedCodes used, IDbContextFactory<PeopleContext> contexts, TimeProvider time, ILogger<OneTimeCodes> logger) : AuthenticatorTokenProvider<Person>
{
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <inheritdoc/>
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { } key)
            return false;
        var (secret, now, sent) = (Secret(key), time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds, Encoding.UTF8.GetBytes(token));
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (!CryptographicOperations.FixedTimeEquals(CodeOf(secret, step), sent))
                continue;
            if (step <= user.LastCodeStep || !used.TryUse(user.Id, step, oldest: now - 1))
                return false;
            await StoreAsync(user, step);
            return true;
        }

        return false;
    }

    private static byte[] CodeOf(byte[] secret, long step)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What authenticator apps know; a MAC with SHA-1 is sound.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return Encoding.UTF8.GetBytes((number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture));
    }

    // Five bits a letter; what is left at the end is no whole byte.
    private static byte[] Secret(string key)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in key)
        {
            (bits, count) = (((bits << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF, count + 5);
            if (count < 8)
                continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
        }

        return [.. bytes];
    }

    // One statement, as the framework's update would fail when a wrong password is counted meanwhile.
    private async Task StoreAsync(Person person, long step)
    {
        person.LastCodeStep = step;
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            await context.Users.Where(row => row.Id == person.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.LastCodeStep, step));
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // On a full disk people sign in all the same; until the restart the code is remembered.
            LogFault(StorageFault.Describe(fault));
        }
    }

    [LoggerMessage(LogLevel.Warning, "That a code was used could not be stored: {Fault}")]
    private partial void LogFault(string fault);
}
