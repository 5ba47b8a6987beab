using System.Buffers.Binary;

namespace VibeDash.Server.Storage;

/// <summary>
/// Checks SQLite's write-ahead log for damage. SQLite treats the first frame with a wrong checksum as the end of the log, as after a power
/// failure; commits behind a damaged frame would be lost silently and then overwritten.
/// </summary>
internal static class WriteAheadLog
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const uint MagicLittleEndian = 0x377f0682;
    private const uint MagicBigEndian = 0x377f0683;

    /// <summary>The damage of the log at <paramref name="path"/>, or null. Reads it once; requires that no process is writing.</summary>
    public static string? FindDamage(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 20);
        var header = new byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            return null;

        var magic = Number(header, 0);
        var pageSize = (int)Number(header, 8);
        var sum = new Checksum(magic == MagicBigEndian);
        sum.Add(header.AsSpan(0, 24));
        if (magic is not (MagicLittleEndian or MagicBigEndian) || pageSize is < 512 or > 65536 || !sum.Is(header, 24))
        {
            // The header is flushed before the first frame is written: with frames behind it, it was once valid.
            return file.Length >= HeaderLength + FrameHeaderLength + 512 ? "the header of its log (vibedash.db-wal) is destroyed" : null;
        }

        // After the first wrong frame, the rest of one transaction may follow whose flush a power failure interrupted. A transaction is flushed before
        // the next is written, so frames of this log after another commit prove that the wrong frame was once valid.
        var frame = new byte[FrameHeaderLength + pageSize];
        var (number, wrong, committedBehind) = (0, 0, false);
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            number++;
            var isOfThisLog = frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8));
            if (wrong == 0)
            {
                sum.Add(frame.AsSpan(0, 8));
                sum.Add(frame.AsSpan(FrameHeaderLength));
                if (isOfThisLog && sum.Is(frame, 16))
                    continue;
                wrong = number;
            }
            else if (isOfThisLog && committedBehind)
            {
                return $"frame {wrong} of its log (vibedash.db-wal) is destroyed, with commits behind it";
            }

            committedBehind |= isOfThisLog && Number(frame, 4) != 0;
        }

        return null;
    }

    private static uint Number(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset));

    private struct Checksum(bool bigEndian)
    {
        private uint _first, _second;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            for (var i = 0; i < bytes.Length; i += 8)
            {
                _first += Word(bytes[i..]) + _second;
                _second += Word(bytes[(i + 4)..]) + _first;
            }
        }

        public readonly bool Is(byte[] bytes, int offset) => Number(bytes, offset) == _first && Number(bytes, offset + 4) == _second;

        private readonly uint Word(ReadOnlySpan<byte> bytes) =>
            bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
