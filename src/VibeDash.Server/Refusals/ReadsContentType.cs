namespace VibeDash.Server.Refusals;

/// <summary>Metadata of an endpoint that checks the content type of its body itself.</summary>
internal sealed class ReadsContentType;
