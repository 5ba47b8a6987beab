using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Pipeline;

/// <summary>Chooses the sensors to compact and limits their number per transaction.</summary>
internal sealed class Compaction(PipelineState state, ReadingWriter readings)
{
    /// <summary>Queues a sensor once it has enough readings.</summary>
    public void Consider(StoredSensor sensor)
    {
        if (sensor.AwaitsCompaction || sensor.Uncompacted < ReadingBlock.Capacity + SegmentWriter.NeverCompacted)
            return;
        sensor.AwaitsCompaction = true;
        state.ToCompact.Enqueue(sensor);
    }

    /// <summary>Compacts a few sensors. Sensors with the same rate become due together: a transaction must stay short, but compaction must keep up.</summary>
    /// <param name="stored">Number of readings stored in this transaction.</param>
    public void Run(int stored)
    {
        for (var left = 1 + (stored / ReadingBlock.Capacity * 2); left > 0 && state.ToCompact.TryDequeue(out var sensor); left--)
        {
            readings.Compact(sensor);
            sensor.AwaitsCompaction = false;
            Consider(sensor);
        }
    }
}
