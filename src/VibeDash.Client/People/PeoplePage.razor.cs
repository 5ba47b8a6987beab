using Microsoft.AspNetCore.Components;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Client.People;

/// <summary>Adds, changes and removes people; makes and revokes keys.</summary>
public sealed partial class PeoplePage : ComponentBase
{
    private static readonly Permission[] Offered = [Permission.SendEvents, Permission.View, Permission.Act, Permission.Configure, Permission.Maintain];

    private readonly HashSet<Permission> _permissions = [Permission.SendEvents];
    private PersonAccount[]? _people;
    private AccessKey[]? _keys;
    private MadeAccessKey? _made;
    private string? _fault;
    private string _name = "", _password = "", _keyName = "", _publish = "", _subscribe = "", _places = "", _keyPlaces = "";
    private DateTime? _expires;
    private Role _role = Role.Technician;
    private bool _sending;

    // A role that was chosen and refused would stay on the screen otherwise.
    private int _loads;

    [Inject]
    private IPersonApi Api { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? SendAsync(() => Task.FromResult<Refusal?>(null)) : Task.CompletedTask;

    private static string May(AccessKey key)
    {
        IEnumerable<string> may = key.Permissions.Select(RoleText.Of);
        if (key.PublishFilter is { } publish)
            may = may.Append($"publish {publish}");
        if (key.SubscribeFilter is { } subscribe)
            may = may.Append($"subscribe to {subscribe}");
        if (key.Places is { } places)
            may = may.Append($"only at {string.Join("; ", places)}");
        return string.Join(", ", may);
    }

    private void Choose(Permission permission, bool isChosen) => _ = isChosen ? _permissions.Add(permission) : _permissions.Remove(permission);

    private Task AskAsync(PersonAccount person, PersonEdit edit) => SendAsync(async () => (await Api.ChangePersonAsync(person.Id, edit)).Refusal);

    private Task RemoveAsync(PersonAccount person) => SendAsync(async () => (await Api.RemovePersonAsync(person.Id)).Refusal);

    private Task RevokeAsync(AccessKey key) => SendAsync(async () => (await Api.RevokeKeyAsync(key.Id)).Refusal);

    private Task AddAsync() => SendAsync(async () =>
    {
        var person = new NewPerson(_name, _password, _role) { Places = _role == Role.Administrator ? null : PlacesField.Read(_places) };
        if (person.Fault() is { } fault)
            return Refusal.Invalid(fault);
        var refusal = (await Api.AddPersonAsync(person)).Refusal;
        if (refusal is null)
            (_name, _password, _places) = ("", "", "");
        return refusal;
    });

    private Task MakeAsync() => SendAsync(async () =>
    {
        var key = new NewAccessKey(_keyName, [.. _permissions])
        {
            Places = PlacesField.Read(_keyPlaces), PublishFilter = Text(_publish), SubscribeFilter = Text(_subscribe), ExpiresAt = _expires is { } end && WallClock.IsDate(_expires) ? WallClock.At(end, Time.LocalTimeZone) : null,
        };
        if (key.Fault() is { } fault)
            return Refusal.Invalid(fault);
        var answer = await Api.MakeKeyAsync(key);
        if (answer.Value is { } made)
            (_made, _keyName, _publish, _subscribe, _keyPlaces, _expires) = (made, "", "", "", "", null);
        return answer.Refusal;
    });

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task SendAsync(Func<Task<Refusal?>> send)
    {
        if (_sending)
            return;
        _sending = true;
        try
        {
            _fault = await send() is { } refusal ? RefusalText.Of(refusal) : null;
            _loads++;
            (_people, _keys) = (await Api.GetPeopleAsync(), await Api.GetKeysAsync());
        }
        catch (HttpRequestException e)
        {
            _fault = $"The server did not answer; the change may have been made. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }
}
