using System.Buffers;
using System.Globalization;

namespace VibeDash.Server.Export;

/// <summary>
/// Writes rows into a buffer, cell by cell in column order, as UTF-8 without allocating strings for numbers and times. Not thread-safe.
/// </summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>Sufficient for any number or time.</summary>
    protected const int NumberLength = 40;

    /// <summary>Times: ISO 8601 in UTC, with the microseconds stored.</summary>
    protected const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private const int Capacity = 96 * 1024;

    /// <summary>Bytes written but not yet sent.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(Capacity);

    /// <summary>The media type.</summary>
    public abstract string ContentType { get; }

    /// <summary>Writes the header, if any.</summary>
    public abstract void Begin(IReadOnlyList<RowColumn> columns);

    /// <summary>Starts a row.</summary>
    public abstract void BeginRow();

    /// <summary>Writes text; null is an empty cell.</summary>
    public abstract void Text(RowColumn column, string? text);

    /// <summary>Writes text that is already UTF-8.</summary>
    public abstract void Text(RowColumn column, ReadOnlySpan<byte> utf8);

    /// <summary>Writes a time.</summary>
    public abstract void Time(RowColumn column, DateTimeOffset? time);

    /// <summary>Writes a number in its shortest round-trip form.</summary>
    public abstract void Number(RowColumn column, double? number);

    /// <summary>Writes a whole number.</summary>
    public abstract void Integer(RowColumn column, long? number);

    /// <summary>Writes a Boolean.</summary>
    public abstract void Flag(RowColumn column, bool flag);

    /// <summary>Ends the row.</summary>
    public abstract void EndRow();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates the writer for a format.</summary>
    /// <param name="csv">True for CSV, false for NDJSON.</param>
    public static RowWriter Of(bool csv) => csv ? new CsvRowWriter() : new NdjsonRowWriter();

    /// <summary>Releases resources.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Formats into <paramref name="utf8"/>, which needs room for <see cref="NumberLength"/> bytes.</summary>
    protected static int Format<T>(Span<byte> utf8, T value, string? format)
        where T : IUtf8SpanFormattable =>
        value.TryFormat(utf8, out var length, format, CultureInfo.InvariantCulture) ? length : throw new ArgumentException($"{value} does not fit.", nameof(value));
}
