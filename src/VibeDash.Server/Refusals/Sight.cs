using System.Security.Claims;
using VibeDash.Core.People;

namespace VibeDash.Server.Refusals;

/// <summary>What the person or key that makes a request may see: everything, or the sensors at some places.</summary>
/// <param name="Limit">The places; null for everything.</param>
internal readonly record struct Sight(PlaceLimit? Limit)
{
    /// <summary>Type of the claim with the places, as <see cref="PlaceLimit.Text"/>; there is none for everywhere.</summary>
    public const string Claim = "places";

    /// <summary>Everything.</summary>
    public static Sight Everything => default;

    /// <summary>True when it sees everything.</summary>
    public bool IsWhole => Limit is null;

    /// <summary>That of who is signed in.</summary>
    public static Sight Of(ClaimsPrincipal principal) => new(PlaceLimit.Parse(principal.FindFirstValue(Claim)));

    /// <summary>That of the request in progress; everything for what the server does by itself.</summary>
    public static Sight Of(IHttpContextAccessor accessor) => accessor.HttpContext is { } context ? Of(context.User) : Everything;

    /// <summary>True when it includes a sensor at this location; null for one that is not known.</summary>
    public bool Includes(string? location) => Limit?.Covers(location) ?? true;
}
