using System.Text;

namespace VibeDash.Demo.Events;

/// <summary>Event ids in the form that sensors use: letters and digits in groups, not a GUID.</summary>
internal static class EventId
{
    /// <summary>Length of an id in characters, all ASCII.</summary>
    public const int Length = 36;

    /// <summary>The id of an event: unique within the sequence, the same for the same arguments.</summary>
    public static string For(Noise noise, long index)
    {
        Span<byte> text = stackalloc byte[Length];
        Write(noise, index, text);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>Writes the same id into the first <see cref="Length"/> bytes of <paramref name="text"/>.</summary>
    public static void Write(Noise noise, long index, Span<byte> text)
    {
        // 13 digits hold 64 bits, and the bits differ for every index, so the first 13 digits alone make an id unique.
        var written = 0;
        Write(text, ref written, noise.Bits(index), 13);
        Write(text, ref written, noise.Branch(1).Bits(index), 13);
        Write(text, ref written, noise.Branch(2).Bits(index), 6);
    }

    private static void Write(Span<byte> text, ref int written, ulong bits, int count)
    {
        for (var i = 0; i < count; i++, bits /= 36)
        {
            if (written is 8 or 13 or 18 or 23)
                text[written++] = (byte)'-';
            text[written++] = "0123456789abcdefghijklmnopqrstuvwxyz"u8[(int)(bits % 36)];
        }
    }
}
