using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage;

/// <summary>The database. EF Core owns its schema, migrations and queries; hot-path inserts are prepared statements.</summary>
internal sealed class VibeDashContext(DbContextOptions<VibeDashContext> options) : DbContext(options)
{
    public DbSet<SensorRow> Sensors => Set<SensorRow>();

    public DbSet<SensorAliasRow> SensorAliases => Set<SensorAliasRow>();

    public DbSet<RemovedSensorRow> RemovedSensors => Set<RemovedSensorRow>();

    public DbSet<ReadingRow> Readings => Set<ReadingRow>();

    public DbSet<BadHourRow> BadHours => Set<BadHourRow>();

    public DbSet<SegmentRow> Segments => Set<SegmentRow>();

    public DbSet<RollupRow> Rollups => Set<RollupRow>();

    public DbSet<SensorUnitRow> SensorUnits => Set<SensorUnitRow>();

    public DbSet<SensorLimitsRow> SensorLimits => Set<SensorLimitsRow>();

    public DbSet<AlertRuleRow> AlertRules => Set<AlertRuleRow>();

    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    public DbSet<OutOfService> OutOfService => Set<OutOfService>();

    public DbSet<MachineStateRow> MachineStates => Set<MachineStateRow>();

    public DbSet<ListeningRow> Listening => Set<ListeningRow>();

    public DbSet<AlertTransitionRow> AlertTransitions => Set<AlertTransitionRow>();

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<NoteChangeRow> NoteChanges => Set<NoteChangeRow>();

    public DbSet<CommandRow> Commands => Set<CommandRow>();

    public DbSet<DeadLetterRow> DeadLetters => Set<DeadLetterRow>();

    public DbSet<DeadLetterGroupRow> DeadLetterGroups => Set<DeadLetterGroupRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
        configurationBuilder.Properties<double>().HaveConversion<FiniteNumber>();
        configurationBuilder.Properties<Severity>().HaveConversion<int>();
        configurationBuilder.Properties<RollupTier>().HaveConversion<int>();
        configurationBuilder.Properties<AlertState>().HaveConversion<string>();
        configurationBuilder.Properties<AlertTrigger>().HaveConversion<string>();
        configurationBuilder.Properties<TransitionCause>().HaveConversion<string>();
        configurationBuilder.Properties<ConditionKind>().HaveConversion<string>();
        configurationBuilder.Properties<BaselineSource>().HaveConversion<string>();
        configurationBuilder.Properties<NoteKind>().HaveConversion<string>();
        configurationBuilder.Properties<NoteAction>().HaveConversion<string>();
        configurationBuilder.Properties<RejectionReason>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Keys are assigned by the single writer, not by the database.
        modelBuilder.Entity<SensorRow>(sensor =>
        {
            sensor.HasKey(row => row.Key);
            sensor.Property(row => row.Key).ValueGeneratedNever();
            sensor.HasIndex(row => row.SensorId).IsUnique();
        });
        modelBuilder.Entity<SensorAliasRow>().HasKey(row => row.Alias);
        modelBuilder.Entity<RemovedSensorRow>(sensor =>
        {
            sensor.HasKey(row => row.Key);
            sensor.Property(row => row.Key).ValueGeneratedNever();
        });
        modelBuilder.Entity<ReadingRow>().HasKey(row => new { row.SensorKey, row.Timestamp, row.EventId });
        modelBuilder.Entity<BadHourRow>().HasKey(row => new { row.SensorKey, row.Hour });
        modelBuilder.Entity<SegmentRow>(segment =>
        {
            // Includes the minutes: a long range is read from adjacent index pages alone, not from a page among the readings of each segment.
            segment.HasIndex(row => new { row.SensorKey, row.Start, row.Id, row.End, row.Minutes }, "IX_Segments_Range");

            // For retention: indexes only the segments with data left to remove.
            segment.HasIndex(row => row.End, "IX_Segments_Readings").HasFilter("Readings IS NOT NULL");
            segment.HasIndex(row => row.End, "IX_Segments_Minutes").HasFilter("Minutes IS NOT NULL AND Readings IS NULL");
        });
        modelBuilder.Entity<RollupRow>().HasKey(row => new { row.SensorKey, row.Tier, row.Bucket });
        modelBuilder.Entity<SensorUnitRow>().HasKey(row => new { row.SensorKey, row.From });
        modelBuilder.Entity<SensorLimitsRow>().HasKey(row => new { row.SensorKey, row.Until });
        modelBuilder.Entity<AlertRuleRow>().HasKey(row => new { row.Id, row.Version });
        modelBuilder.Entity<AlertRow>(alert =>
        {
            alert.Property(row => row.Id).ValueGeneratedNever();
            alert.HasIndex(row => row.SensorId);
            alert.HasIndex(row => row.State);
        });
        modelBuilder.Entity<OutOfService>(entry =>
        {
            entry.Property(row => row.Id).ValueGeneratedNever();
            entry.HasIndex(row => row.ReturnedAt);
        });
        modelBuilder.Entity<MachineStateRow>().HasKey(row => new { row.Name, row.IsSensor, row.At });
        modelBuilder.Entity<ListeningRow>(listening =>
        {
            listening.HasKey(row => row.Since);
            listening.Property(row => row.Since).ValueGeneratedNever();
        });
        modelBuilder.Entity<AlertTransitionRow>(transition =>
        {
            transition.HasKey(row => row.Position);
            transition.Property(row => row.Position).ValueGeneratedNever();
            transition.HasIndex(row => row.AlertId);
        });
        modelBuilder.Entity<Note>(note =>
        {
            note.Property(row => row.Id).ValueGeneratedNever();
            note.HasIndex(row => new { row.SensorId, row.From });
        });
        modelBuilder.Entity<NoteChangeRow>(change =>
        {
            change.HasKey(row => row.Position);
            change.Property(row => row.Position).ValueGeneratedNever();
            change.HasIndex(row => row.SensorId);
            change.HasIndex(row => row.NoteId);
        });
        modelBuilder.Entity<CommandRow>(command =>
        {
            command.HasKey(row => row.Position);
            command.HasIndex(row => row.Id).IsUnique();
            command.HasIndex(row => row.At);
        });
        modelBuilder.Entity<DeadLetterRow>(letter =>
        {
            // Also assigned by the writer, but the database remembers the highest id.
            letter.Property(row => row.Id).ValueGeneratedOnAdd();
            letter.HasIndex(row => row.ReceivedAt);
            letter.HasIndex(row => row.PacketId);

            // For the oldest of a group.
            letter.HasIndex(row => new { row.Reason, row.Topic });
        });
        modelBuilder.Entity<DeadLetterGroupRow>().HasKey(row => new { row.Reason, row.Topic });
    }
}
