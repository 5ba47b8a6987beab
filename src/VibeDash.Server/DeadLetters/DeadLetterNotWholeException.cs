namespace VibeDash.Server.DeadLetters;

/// <summary>A dead letter cannot be replayed because not all of its message is kept.</summary>
internal sealed class DeadLetterNotWholeException() : Exception("Only a part of this message is kept: it cannot be replayed.");
