using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VibeDash.Server.Export;

/// <summary>NDJSON: one JSON object per line, without empty values. Texts are unchanged.</summary>
internal sealed class NdjsonRowWriter : RowWriter
{
    private readonly Utf8JsonWriter _json;

    // Relaxed escaping, since the output is not HTML: "m/s²" stays readable.
    public NdjsonRowWriter() => _json = new(Buffer, new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override string ContentType => "application/x-ndjson";

    public override void Begin(IReadOnlyList<RowColumn> columns)
    {
    }

    public override void BeginRow() => _json.WriteStartObject();

    public override void Text(RowColumn column, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            _json.WriteString(column.Json, text);
    }

    public override void Text(RowColumn column, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty)
            _json.WriteString(column.Json, utf8);
    }

    public override void Time(RowColumn column, DateTimeOffset? time)
    {
        if (time is not { } known)
            return;
        Span<byte> utf8 = stackalloc byte[NumberLength];
        _json.WriteString(column.Json, utf8[..Format(utf8, known.UtcDateTime, TimeFormat)]);
    }

    public override void Number(RowColumn column, double? number)
    {
        if (number is { } known)
            _json.WriteNumber(column.Json, known);
    }

    public override void Integer(RowColumn column, long? number)
    {
        if (number is { } known)
            _json.WriteNumber(column.Json, known);
    }

    public override void Flag(RowColumn column, bool flag) => _json.WriteBoolean(column.Json, flag);

    public override void EndRow()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        Buffer.Write("\n"u8);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _json.Dispose();
        base.Dispose(disposing);
    }
}
