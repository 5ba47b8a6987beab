using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>A sensor that learns its baseline since more readings than are read at a time.</summary>
public sealed class LongLearningTests : IDisposable
{
    private const int Readings = 20_000;

    private readonly DatabaseFolder _folder = new();

    [Fact]
    public void A_restart_goes_on_with_all_of_them()
    {
        _folder.Start();
        _folder.Fill(Readings, commit: Readings);
        using (var context = _folder.CreateDbContext())
            context.Database.ExecuteSql($"UPDATE Sensors SET BaselineSource = 'Learned', BaselineUnit = 'm/s²', BaselineAt = 1772366400000000, LearnReadings = 10000, LearnHours = 720");

        using var opened = _folder.CreateDbContext();
        var state = StateLoader.Load(opened, DateTimeOffset.FromUnixTimeSeconds(1_772_366_400).AddDays(1)).State;

        state.Sensors["VB-1"].Details().Learning.ShouldBe(new LearningProgress(Readings, (Readings - 1) / 3600.0, 0, null));
    }

    public void Dispose() => _folder.Dispose();
}
