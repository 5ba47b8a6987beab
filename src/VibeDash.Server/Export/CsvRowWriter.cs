using System.Buffers;
using System.Text;

namespace VibeDash.Server.Export;

/// <summary>
/// CSV as RFC 4180 has it: commas, CR LF, a header row, quotes where a cell needs them. A spreadsheet would run a text that begins with <c>=</c>,
/// <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line break as a formula, and texts come from sensors and from people: such a text gets an apostrophe in
/// front, which spreadsheets take as "this is text". One that begins with an apostrophe itself gets another: so taking off one that leads gives back
/// what was written. Numbers and times are left as they are.
/// </summary>
internal sealed class CsvRowWriter : RowWriter
{
    // A semicolon or tab separates cells in the spreadsheets of some countries.
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n;\t");

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
        Separate();
        if (string.IsNullOrEmpty(text))
            return;
        var guarded = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'';
        if (!guarded && text[0] != ' ' && text[^1] != ' ' && !text.AsSpan().ContainsAny(NeedQuotes))
        {
            Encoding.UTF8.GetBytes(text, Buffer);
            return;
        }

        Put((byte)'"');
        if (guarded)
            Put((byte)'\'');
        Encoding.UTF8.GetBytes(text.Contains('"') ? text.Replace("\"", "\"\"", StringComparison.Ordinal) : text, Buffer);
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
