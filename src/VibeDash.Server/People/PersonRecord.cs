using System.Text.Json;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.People;

namespace VibeDash.Server.People;

/// <summary>Puts on record what concerns people and keys. Thread-safe.</summary>
internal sealed partial class PersonRecord(EventQueue queue, TimeProvider time, ILogger<PersonRecord> logger)
{
    // While nothing can be stored, people must be able to sign in all the same, to see that.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Waits until it is on record, at most five seconds; it is written later then, if the server runs on.</summary>
    /// <param name="name">What was done, e.g. <c>SignIn</c>.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="subject">The person or key; null when it is the actor.</param>
    /// <param name="detail">More about it.</param>
    /// <param name="before">The state of before.</param>
    /// <param name="after">The state of now.</param>
    /// <param name="refusal">Why it was refused; null when it was done.</param>
    public async Task AddAsync(string name, Actor actor, string? subject = null, string? detail = null, State? before = null, State? after = null, RefusalCode? refusal = null)
    {
        var row = new CommandRow { Actor = actor.Name, Name = name, Subject = subject, Detail = detail, Before = Text(before), After = Text(after) };
        try
        {
            await queue.ExecuteAsync(new RecordCommand(row, refusal, actor, UnixMicroseconds.Now(time)), CancellationToken.None).WaitAsync(Longest, time);
        }
        catch (Exception fault) when (fault is TimeoutException or System.Threading.Channels.ChannelClosedException or CommandFaultException)
        {
            LogFault(fault, name, actor.Name);
        }
    }

    private static string? Text(State? state) => state is null ? null : JsonSerializer.Serialize(state);

    [LoggerMessage(LogLevel.Warning, "{Name} by {Actor} is not on record yet")]
    private partial void LogFault(Exception fault, string name, string actor);

    /// <summary>What the record keeps of a person or key.</summary>
    /// <param name="Role">Role of a person.</param>
    /// <param name="IsBlocked">A person is locked out.</param>
    /// <param name="Permissions">Permissions of a key.</param>
    /// <param name="Places">The places to which it is limited; null for everywhere.</param>
    internal sealed record State(string? Role = null, bool? IsBlocked = null, string? Permissions = null, string? Places = null)
    {
        /// <summary>That of a person.</summary>
        public static State Of(Person person) => new(person.Role.ToString(), person.IsBlocked, Places: person.Places);
    }
}
