namespace VibeDash.Client.Export;

/// <summary>The progress of a download.</summary>
/// <param name="Rows">Rows so far.</param>
/// <param name="Bytes">Bytes so far.</param>
/// <param name="Expected">Expected rows; 0 when unknown.</param>
public sealed record ExportProgress(long Rows, long Bytes, long Expected);
