using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Pipeline;

/// <summary>Which sensors have so many readings that some are to be sealed, and how many of them are in one transaction of the event loop.</summary>
internal sealed class SealWork(LoopState state, EventWriter writer)
{
    /// <summary>A sensor has more readings than before.</summary>
    public void Want(SensorState sensor)
    {
        if (sensor.IsToSeal || sensor.Unsealed < ReadingBlock.Capacity + SegmentWriter.NeverSealed)
            return;
        sensor.IsToSeal = true;
        state.ToSeal.Enqueue(sensor);
    }

    /// <summary>Seals for some sensors: not for all at once, for those of one pace come to it together; but as fast as readings come in.</summary>
    /// <param name="stored">How many came in this transaction.</param>
    public void Do(int stored)
    {
        for (var most = 1 + (stored / ReadingBlock.Capacity * 2); most > 0 && state.ToSeal.TryDequeue(out var sensor); most--)
        {
            writer.Seal(sensor);
            sensor.IsToSeal = false;
            Want(sensor);
        }
    }
}
