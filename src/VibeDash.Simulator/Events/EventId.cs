namespace VibeDash.Simulator.Events;

/// <summary>Identifiers of the kind sensors make up: letters and digits in groups, not a GUID.</summary>
internal static class EventId
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The identifier of one event; unique within the sequence, the same for the same arguments.</summary>
    public static string For(Noise noise, long index) => string.Create(36, (noise.Bits(index), noise.Branch(1).Bits(index), noise.Branch(2).Bits(index)), Fill);

    private static void Fill(Span<char> text, (ulong First, ulong Second, ulong Third) bits)
    {
        // 13 digits hold 64 bits, and a number's bits differ for every index: the first 13 digits alone keep two events apart.
        var written = 0;
        Write(text, ref written, bits.First, 13);
        Write(text, ref written, bits.Second, 13);
        Write(text, ref written, bits.Third, 6);
    }

    private static void Write(Span<char> text, ref int written, ulong bits, int count)
    {
        for (var i = 0; i < count; i++, bits /= 36)
        {
            if (written is 8 or 13 or 18 or 23)
                text[written++] = '-';
            text[written++] = Digits[(int)(bits % 36)];
        }
    }
}
