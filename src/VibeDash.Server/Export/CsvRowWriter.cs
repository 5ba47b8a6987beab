using System.Buffers;
using System.Text;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Export;

/// <summary>
/// CSV according to RFC 4180: commas, CR LF, a header row, quotes where needed. A spreadsheet would run text starting with <c>=</c>, <c>+</c>,
/// <c>-</c>, <c>@</c>, a tab or a line break as a formula, and texts come from sensors and users: an apostrophe in front marks such text as text. Text
/// that starts with an apostrophe gets another one, so that removing a leading apostrophe always restores the original. Numbers and times are
/// unchanged.
/// </summary>
internal sealed class CsvRowWriter : RowWriter
{
    // In some countries spreadsheets separate cells by semicolons or tabs.
    private static readonly SearchValues<byte> NeedQuotes = SearchValues.Create(",\"\r\n;\t"u8);

    private const int MaximumOnStack = 128;

    private bool _first;

    public override string ContentType => "text/csv; charset=utf-8; header=present";

    public override void Begin(IReadOnlyList<RowColumn> columns)
    {
        BeginRow();
        foreach (var column in columns)
            Text(column, column.Name);
        EndRow();
    }

    public override void BeginRow() => _first = true;

    public override void Text(RowColumn column, string? text)
    {
        text ??= "";
        if (text.Length > MaximumOnStack)
        {
            Text(column, Encoding.UTF8.GetBytes(text));
            return;
        }

        Span<byte> utf8 = stackalloc byte[3 * MaximumOnStack];
        Text(column, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    public override void Text(RowColumn column, ReadOnlySpan<byte> utf8)
    {
        Separate();
        if (utf8.IsEmpty)
            return;
        var guarded = SpreadsheetText.NeedsApostrophe((char)utf8[0]);
        if (!guarded && utf8[0] != ' ' && utf8[^1] != ' ' && !utf8.ContainsAny(NeedQuotes))
        {
            Buffer.Write(utf8);
            return;
        }

        Put((byte)'"');
        if (guarded)
            Put((byte)'\'');
        for (var quote = utf8.IndexOf((byte)'"'); quote >= 0; quote = utf8.IndexOf((byte)'"'))
        {
            Buffer.Write(utf8[..(quote + 1)]);
            Put((byte)'"');
            utf8 = utf8[(quote + 1)..];
        }

        Buffer.Write(utf8);
        Put((byte)'"');
    }

    public override void Time(RowColumn column, DateTimeOffset? time)
    {
        Separate();
        if (time is { } known)
            Buffer.Advance(Format(Buffer.GetSpan(NumberLength), known.UtcDateTime, TimeFormat));
    }

    public override void Number(RowColumn column, double? number)
    {
        Separate();
        if (number is { } known)
            Buffer.Advance(Format(Buffer.GetSpan(NumberLength), known, null));
    }

    public override void Integer(RowColumn column, long? number)
    {
        Separate();
        if (number is { } known)
            Buffer.Advance(Format(Buffer.GetSpan(NumberLength), known, null));
    }

    public override void Flag(RowColumn column, bool flag)
    {
        Separate();
        Buffer.Write(flag ? "true"u8 : "false"u8);
    }

    public override void EndRow() => Buffer.Write("\r\n"u8);

    private void Separate()
    {
        if (!_first)
            Put((byte)',');
        _first = false;
    }

    private void Put(byte character)
    {
        Buffer.GetSpan(1)[0] = character;
        Buffer.Advance(1);
    }
}
