using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class AlertLifecycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Alerts and rules of the first development versions mean something else, and begin anew. Readings stay. Made new rather than changed: SQLite
            // would rebuild the tables outside of the transaction.
            migrationBuilder.DropTable(name: "PendingAlerts");
            migrationBuilder.DropTable(name: "AlertTransitions");
            migrationBuilder.DropTable(name: "Alerts");
            migrationBuilder.DropTable(name: "AlertRules");
            migrationBuilder.CreateTable(
                name: "AlertRules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    IsCurrent = table.Column<bool>(type: "INTEGER", nullable: false),
                    Definition = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table => table.PrimaryKey("PK_AlertRules", x => new { x.Id, x.Version }));
            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SensorId = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsAcknowledged = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsShelved = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsSuppressed = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsOutOfService = table.Column<bool>(type: "INTEGER", nullable: false),
                    RuleId = table.Column<int>(type: "INTEGER", nullable: false),
                    RuleVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    RuleName = table.Column<string>(type: "TEXT", nullable: false),
                    Severity = table.Column<int>(type: "INTEGER", nullable: false),
                    SeverityBefore = table.Column<int>(type: "INTEGER", nullable: true),
                    SeverityChangedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Level = table.Column<double>(type: "REAL", nullable: false),
                    Threshold = table.Column<double>(type: "REAL", nullable: false),
                    PeakLevel = table.Column<double>(type: "REAL", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: true),
                    RaisedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Raises = table.Column<int>(type: "INTEGER", nullable: false),
                    ClearedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Message = table.Column<string>(type: "TEXT", nullable: true),
                    CalibrationAgeDays = table.Column<int>(type: "INTEGER", nullable: true),
                    AcknowledgedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AcknowledgedBy = table.Column<string>(type: "TEXT", nullable: true),
                    AcknowledgementNote = table.Column<string>(type: "TEXT", nullable: true),
                    AcknowledgedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    AcknowledgedLevel = table.Column<double>(type: "REAL", nullable: true),
                    ShelvedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ShelvedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ShelvingReason = table.Column<string>(type: "TEXT", nullable: true),
                    ShelvedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    IsBackfilled = table.Column<bool>(type: "INTEGER", nullable: false),
                    ChatterCycles = table.Column<int>(type: "INTEGER", nullable: true),
                    ChatterDeadband = table.Column<double>(type: "REAL", nullable: true),
                    ChatterDelaySeconds = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table => table.PrimaryKey("PK_Alerts", x => x.Id));
            migrationBuilder.CreateTable(
                name: "AlertTransitions",
                columns: table => new
                {
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    AlertId = table.Column<long>(type: "INTEGER", nullable: false),
                    Trigger = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<string>(type: "TEXT", nullable: false),
                    To = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    RuleId = table.Column<int>(type: "INTEGER", nullable: true),
                    RuleVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    RuleName = table.Column<string>(type: "TEXT", nullable: true),
                    Severity = table.Column<int>(type: "INTEGER", nullable: true),
                    EvaluatedLevel = table.Column<double>(type: "REAL", nullable: true),
                    Threshold = table.Column<double>(type: "REAL", nullable: true),
                    Unit = table.Column<string>(type: "TEXT", nullable: true),
                    Since = table.Column<long>(type: "INTEGER", nullable: true),
                    CalibrationAgeDays = table.Column<int>(type: "INTEGER", nullable: true),
                    By = table.Column<string>(type: "TEXT", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    Level = table.Column<double>(type: "REAL", nullable: true),
                    IsBackfilled = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table => table.PrimaryKey("PK_AlertTransitions", x => x.Position));
            migrationBuilder.CreateTable(
                name: "OutOfService",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SensorId = table.Column<string>(type: "TEXT", nullable: true),
                    Machine = table.Column<string>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpectedEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    ReturnedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ReturnedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table => table.PrimaryKey("PK_OutOfService", x => x.Id));
            migrationBuilder.CreateIndex(name: "IX_Alerts_SensorId", table: "Alerts", column: "SensorId");
            migrationBuilder.CreateIndex(name: "IX_Alerts_State", table: "Alerts", column: "State");
            migrationBuilder.CreateIndex(name: "IX_AlertTransitions_AlertId", table: "AlertTransitions", column: "AlertId");
            migrationBuilder.CreateIndex(name: "IX_OutOfService_ReturnedAt", table: "OutOfService", column: "ReturnedAt");
            migrationBuilder.AddColumn<string>(name: "Labels", table: "Sensors", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<string>(name: "BaselineSource", table: "Sensors", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<double>(name: "Baseline", table: "Sensors", type: "REAL", nullable: true);
            migrationBuilder.AddColumn<double>(name: "BaselineDeviation", table: "Sensors", type: "REAL", nullable: true);
            migrationBuilder.AddColumn<string>(name: "BaselineUnit", table: "Sensors", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<long>(name: "BaselineAt", table: "Sensors", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<string>(name: "BaselineBy", table: "Sensors", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<bool>(name: "IsSuspect", table: "Readings", type: "INTEGER", nullable: false, defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The alerts of the version before cannot be made of those of this one. Restore a backup.");
    }
}
