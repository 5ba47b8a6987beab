using System.Buffers;
using System.Text;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Export;

/// <summary>CSV (RFC 4180): commas, CR LF, a header row; texts as <see cref="CsvField"/> writes them. Numbers and times are left as they are.</summary>
internal sealed class CsvRowWriter : RowWriter
{
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
        CsvField.Write(Buffer, utf8);
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
