using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VibeDash.Client.DeadLetters;

/// <summary>Formats payloads for reading. The result is text, never markup.</summary>
public static class PayloadFormat
{
    private const int BytesInLine = 16;

    /// <summary>Indents JSON; returns any other text unchanged.</summary>
    public static string Pretty(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            using var pretty = new MemoryStream();
            using (var json = new Utf8JsonWriter(pretty, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                document.WriteTo(json);
            return Encoding.UTF8.GetString(pretty.GetBuffer().AsSpan(0, (int)pretty.Length));
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException or ArgumentException)
        {
            return text;
        }
    }

    /// <summary>A hex dump of 16 bytes a line: offset, bytes, ASCII characters.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        var lines = new StringBuilder();
        for (var offset = 0; offset < bytes.Length; offset += BytesInLine)
        {
            var line = bytes[offset..Math.Min(offset + BytesInLine, bytes.Length)];
            lines.Append(CultureInfo.InvariantCulture, $"{offset:x4}  ");
            for (var i = 0; i < BytesInLine; i++)
                lines.Append(i < line.Length ? line[i].ToString("x2", CultureInfo.InvariantCulture) : "  ").Append(i == (BytesInLine / 2) - 1 ? "  " : " ");
            lines.Append(' ');
            foreach (var value in line)
                lines.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
            lines.Append('\n');
        }

        return lines.ToString();
    }

    /// <summary>A size in bytes, for example <c>490 B</c>, <c>12 KiB</c>.</summary>
    public static string Size(long bytes) => bytes < 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB");
}
