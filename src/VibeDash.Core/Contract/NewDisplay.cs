using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>A display to be paired: a screen that shows the dashboard without anybody signed in.</summary>
/// <param name="Code">The code that the display shows; case, spaces and hyphens do not matter.</param>
/// <param name="Name">Where it hangs; the name on record, 1 to <see cref="Actor.MaximumLength"/> characters.</param>
public sealed record NewDisplay(string Code, string Name)
{
    /// <summary>The places that it shows; null or empty for all that who pairs it may see.</summary>
    public string[]? Places { get; init; }

    /// <summary>The first fault; null for none.</summary>
    public FieldFault? Fault() =>
        string.IsNullOrWhiteSpace(Code) ? FieldFault.Of("code", FaultCode.Missing)
        : Actor.Of(Name) is null ? FieldFault.Of("name", FaultCode.ActorInvalid, Actor.MaximumLength)
        : PlaceLimit.Fault("places", Places);
}
