using System.Buffers;
using System.Globalization;

namespace VibeDash.Server.Export;

/// <summary>
/// Writes rows into a buffer, cell by cell in the order of the columns, as UTF-8 and without a string for a number or a time. Not thread-safe.
/// </summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>Enough for a number or a time of any kind.</summary>
    protected const int NumberLength = 40;

    /// <summary>Times: ISO 8601 in UTC, with microseconds, as they are kept.</summary>
    protected const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private const int Capacity = 96 * 1024;

    /// <summary>What is written and not taken yet.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(Capacity);

    /// <summary>The media type.</summary>
    public abstract string ContentType { get; }

    /// <summary>Writes what comes before the first row.</summary>
    public abstract void Begin(IReadOnlyList<RowColumn> columns);

    /// <summary>Starts a row.</summary>
    public abstract void BeginRow();

    /// <summary>Writes text; null is an empty cell.</summary>
    public abstract void Text(RowColumn column, string? text);

    /// <summary>Writes text that is UTF-8 already.</summary>
    public abstract void Text(RowColumn column, ReadOnlySpan<byte> utf8);

    /// <summary>Writes a time.</summary>
    public abstract void Time(RowColumn column, DateTimeOffset? time);

    /// <summary>Writes a number, shortest so that reading it gives the same.</summary>
    public abstract void Number(RowColumn column, double? number);

    /// <summary>Writes a whole number.</summary>
    public abstract void Integer(RowColumn column, long? number);

    /// <summary>Writes yes or no.</summary>
    public abstract void Flag(RowColumn column, bool flag);

    /// <summary>Ends the row.</summary>
    public abstract void EndRow();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The writer of a format.</summary>
    /// <param name="csv">CSV; else NDJSON.</param>
    public static RowWriter Of(bool csv) => csv ? new CsvRowWriter() : new NdjsonRowWriter();

    /// <summary>Ends it.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Formats into <paramref name="utf8"/>, which has room for <see cref="NumberLength"/>.</summary>
    protected static int Format<T>(Span<byte> utf8, T value, string? format)
        where T : IUtf8SpanFormattable =>
        value.TryFormat(utf8, out var length, format, CultureInfo.InvariantCulture) ? length : throw new ArgumentException($"{value} does not fit.", nameof(value));
}
