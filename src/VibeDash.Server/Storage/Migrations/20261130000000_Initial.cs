using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertRules", x => new { x.Id, x.Version });
                });

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
                    Cause = table.Column<string>(type: "TEXT", nullable: true),
                    CauseArguments = table.Column<string>(type: "TEXT", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    Level = table.Column<double>(type: "REAL", nullable: true),
                    IsBackfilled = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertTransitions", x => x.Position);
                });

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
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Commands",
                columns: table => new
                {
                    Position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Refusal = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Commands", x => x.Position);
                });

            migrationBuilder.CreateTable(
                name: "DeadLetters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Topic = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    PayloadBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    IsWhole = table.Column<bool>(type: "INTEGER", nullable: false),
                    KeptBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LastAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Posted = table.Column<bool>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: true),
                    PacketId = table.Column<int>(type: "INTEGER", nullable: false),
                    Redelivered = table.Column<bool>(type: "INTEGER", nullable: false),
                    Retained = table.Column<bool>(type: "INTEGER", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", nullable: true),
                    UserProperties = table.Column<string>(type: "TEXT", nullable: true),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadLetters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MachineStates",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    IsSensor = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Runs = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MachineStates", x => new { x.Name, x.IsSensor, x.At });
                });

            migrationBuilder.CreateTable(
                name: "NoteChanges",
                columns: table => new
                {
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Action = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    NoteId = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    SensorId = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    WrittenBy = table.Column<string>(type: "TEXT", nullable: false),
                    WrittenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoteChanges", x => x.Position);
                });

            migrationBuilder.CreateTable(
                name: "Notes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SensorId = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notes", x => x.Id);
                });

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
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutOfService", x => x.Id);
                });

            // Clustered by its key: EF Core has no word for that.
            migrationBuilder.Sql(
                """
                CREATE TABLE "Readings" (
                    "SensorKey" INTEGER NOT NULL,
                    "Timestamp" INTEGER NOT NULL,
                    "EventId" TEXT NOT NULL,
                    "Level" REAL NOT NULL,
                    "Baseline" REAL NOT NULL,
                    "Unit" TEXT NOT NULL,
                    "IsSuspect" INTEGER NOT NULL DEFAULT 0,
                    CONSTRAINT "PK_Readings" PRIMARY KEY ("SensorKey", "Timestamp", "EventId")
                ) WITHOUT ROWID;
                """);

            // Clustered by its key: EF Core has no word for that.
            migrationBuilder.Sql(
                """
                CREATE TABLE "Rollups" (
                    "SensorKey" INTEGER NOT NULL,
                    "Tier" INTEGER NOT NULL,
                    "Bucket" INTEGER NOT NULL,
                    "Count" INTEGER NOT NULL,
                    "Min" REAL NOT NULL,
                    "Max" REAL NOT NULL,
                    "Sum" REAL NOT NULL,
                    "Last" REAL NOT NULL,
                    "LastAt" INTEGER NOT NULL,
                    CONSTRAINT "PK_Rollups" PRIMARY KEY ("SensorKey", "Tier", "Bucket")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateTable(
                name: "Segments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SensorKey = table.Column<int>(type: "INTEGER", nullable: false),
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    End = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Minutes = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Readings = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Segments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Sensors",
                columns: table => new
                {
                    Key = table.Column<int>(type: "INTEGER", nullable: false),
                    SensorId = table.Column<string>(type: "TEXT", nullable: false),
                    Location = table.Column<string>(type: "TEXT", nullable: false),
                    Model = table.Column<string>(type: "TEXT", nullable: true),
                    CalibrationDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Source = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<string>(type: "TEXT", nullable: true),
                    OfflineSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Labels = table.Column<string>(type: "TEXT", nullable: true),
                    BaselineSource = table.Column<string>(type: "TEXT", nullable: true),
                    Baseline = table.Column<double>(type: "REAL", nullable: true),
                    BaselineDeviation = table.Column<double>(type: "REAL", nullable: true),
                    BaselineUnit = table.Column<string>(type: "TEXT", nullable: true),
                    BaselineAt = table.Column<long>(type: "INTEGER", nullable: true),
                    BaselineBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sensors", x => x.Key);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AlertTransitions_AlertId",
                table: "AlertTransitions",
                column: "AlertId");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_SensorId",
                table: "Alerts",
                column: "SensorId");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_State",
                table: "Alerts",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Commands_At",
                table: "Commands",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Commands_Id",
                table: "Commands",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_PacketId",
                table: "DeadLetters",
                column: "PacketId");

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_ReceivedAt",
                table: "DeadLetters",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_NoteChanges_NoteId",
                table: "NoteChanges",
                column: "NoteId");

            migrationBuilder.CreateIndex(
                name: "IX_NoteChanges_SensorId",
                table: "NoteChanges",
                column: "SensorId");

            migrationBuilder.CreateIndex(
                name: "IX_Notes_SensorId_From",
                table: "Notes",
                columns: new[] { "SensorId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_OutOfService_ReturnedAt",
                table: "OutOfService",
                column: "ReturnedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Segments_Minutes",
                table: "Segments",
                column: "End",
                filter: "Minutes IS NOT NULL AND Readings IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Segments_Range",
                table: "Segments",
                columns: new[] { "SensorKey", "Start", "Id", "End", "Minutes" });

            migrationBuilder.CreateIndex(
                name: "IX_Segments_Readings",
                table: "Segments",
                column: "End",
                filter: "Readings IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sensors_SensorId",
                table: "Sensors",
                column: "SensorId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AlertRules");

            migrationBuilder.DropTable(
                name: "AlertTransitions");

            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropTable(
                name: "Commands");

            migrationBuilder.DropTable(
                name: "DeadLetters");

            migrationBuilder.DropTable(
                name: "MachineStates");

            migrationBuilder.DropTable(
                name: "NoteChanges");

            migrationBuilder.DropTable(
                name: "Notes");

            migrationBuilder.DropTable(
                name: "OutOfService");

            migrationBuilder.DropTable(
                name: "Readings");

            migrationBuilder.DropTable(
                name: "Rollups");

            migrationBuilder.DropTable(
                name: "Segments");

            migrationBuilder.DropTable(
                name: "Sensors");
        }
    }
}
