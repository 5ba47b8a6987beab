namespace VibeDash.Client.Export;

/// <summary>How far a download is.</summary>
/// <param name="Rows">Rows so far.</param>
/// <param name="Bytes">Bytes so far.</param>
/// <param name="Expected">Rows to expect; 0 when the server does not say.</param>
public sealed record ExportProgress(long Rows, long Bytes, long Expected);
