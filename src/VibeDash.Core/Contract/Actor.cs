namespace VibeDash.Core.Contract;

/// <summary>The person in whose name something is done.</summary>
/// <param name="Name">1 to <see cref="AlertAction.MaximumNameLength"/> characters, without control characters or surrounding spaces.</param>
public readonly record struct Actor(string Name);
