using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Data.Migrations
{
    /// <inheritdoc />
    public partial class AlertLifecycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Alerts and rules of the first development versions mean something else, and begin anew. Readings stay.
            migrationBuilder.Sql("DELETE FROM Alerts; DELETE FROM AlertTransitions; DELETE FROM AlertRules");

            migrationBuilder.DropTable(
                name: "PendingAlerts");

            migrationBuilder.DropPrimaryKey(
                name: "PK_AlertRules",
                table: "AlertRules");

            migrationBuilder.DropColumn(
                name: "RecoveryRatio",
                table: "AlertRules");

            migrationBuilder.DropColumn(
                name: "ThresholdRatio",
                table: "AlertRules");

            migrationBuilder.RenameColumn(
                name: "Readings",
                table: "Alerts",
                newName: "Raises");

            migrationBuilder.RenameColumn(
                name: "Note",
                table: "Alerts",
                newName: "ShelvingReason");

            migrationBuilder.RenameColumn(
                name: "Severity",
                table: "AlertRules",
                newName: "IsCurrent");

            migrationBuilder.RenameColumn(
                name: "Name",
                table: "AlertRules",
                newName: "Definition");

            migrationBuilder.RenameColumn(
                name: "HoldReadings",
                table: "AlertRules",
                newName: "ChangedAt");

            migrationBuilder.AddColumn<double>(
                name: "Baseline",
                table: "Sensors",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BaselineAt",
                table: "Sensors",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BaselineBy",
                table: "Sensors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "BaselineDeviation",
                table: "Sensors",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BaselineSource",
                table: "Sensors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BaselineUnit",
                table: "Sensors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Labels",
                table: "Sensors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSuspect",
                table: "Readings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AlterColumn<long>(
                name: "Since",
                table: "Alerts",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AlterColumn<long>(
                name: "RaisedAt",
                table: "Alerts",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<double>(
                name: "AcknowledgedLevel",
                table: "Alerts",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AcknowledgedUntil",
                table: "Alerts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AcknowledgementNote",
                table: "Alerts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CalibrationAgeDays",
                table: "Alerts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EndedAt",
                table: "Alerts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAcknowledged",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsActive",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsBackfilled",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsOutOfService",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsShelved",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsSuppressed",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "Alerts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Owner",
                table: "Alerts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ShelvedAt",
                table: "Alerts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ShelvedBy",
                table: "Alerts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ShelvedUntil",
                table: "Alerts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CalibrationAgeDays",
                table: "AlertTransitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsBackfilled",
                table: "AlertTransitions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<double>(
                name: "JudgedLevel",
                table: "AlertTransitions",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Owner",
                table: "AlertTransitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RuleId",
                table: "AlertTransitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RuleName",
                table: "AlertTransitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RuleVersion",
                table: "AlertTransitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Severity",
                table: "AlertTransitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Since",
                table: "AlertTransitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "Threshold",
                table: "AlertTransitions",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trigger",
                table: "AlertTransitions",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Unit",
                table: "AlertTransitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Until",
                table: "AlertTransitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "Id",
                table: "AlertRules",
                type: "INTEGER",
                nullable: false,
                oldClrType: typeof(int),
                oldType: "INTEGER")
                .OldAnnotation("Sqlite:Autoincrement", true);

            migrationBuilder.AddColumn<string>(
                name: "ChangedBy",
                table: "AlertRules",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "PK_AlertRules",
                table: "AlertRules",
                columns: new[] { "Id", "Version" });

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

            migrationBuilder.CreateIndex(
                name: "IX_OutOfService_ReturnedAt",
                table: "OutOfService",
                column: "ReturnedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OutOfService");

            migrationBuilder.DropPrimaryKey(
                name: "PK_AlertRules",
                table: "AlertRules");

            migrationBuilder.DropColumn(
                name: "Baseline",
                table: "Sensors");

            migrationBuilder.DropColumn(
                name: "BaselineAt",
                table: "Sensors");

            migrationBuilder.DropColumn(
                name: "BaselineBy",
                table: "Sensors");

            migrationBuilder.DropColumn(
                name: "BaselineDeviation",
                table: "Sensors");

            migrationBuilder.DropColumn(
                name: "BaselineSource",
                table: "Sensors");

            migrationBuilder.DropColumn(
                name: "BaselineUnit",
                table: "Sensors");

            migrationBuilder.DropColumn(
                name: "Labels",
                table: "Sensors");

            migrationBuilder.DropColumn(
                name: "IsSuspect",
                table: "Readings");

            migrationBuilder.DropColumn(
                name: "AcknowledgedLevel",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "AcknowledgedUntil",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "AcknowledgementNote",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "CalibrationAgeDays",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "EndedAt",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "IsAcknowledged",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "IsActive",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "IsBackfilled",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "IsOutOfService",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "IsShelved",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "IsSuppressed",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "Owner",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "ShelvedAt",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "ShelvedBy",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "ShelvedUntil",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "CalibrationAgeDays",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "IsBackfilled",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "JudgedLevel",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "Owner",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "RuleId",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "RuleName",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "RuleVersion",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "Severity",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "Since",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "Threshold",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "Trigger",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "Unit",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "Until",
                table: "AlertTransitions");

            migrationBuilder.DropColumn(
                name: "ChangedBy",
                table: "AlertRules");

            migrationBuilder.RenameColumn(
                name: "ShelvingReason",
                table: "Alerts",
                newName: "Note");

            migrationBuilder.RenameColumn(
                name: "Raises",
                table: "Alerts",
                newName: "Readings");

            migrationBuilder.RenameColumn(
                name: "IsCurrent",
                table: "AlertRules",
                newName: "Severity");

            migrationBuilder.RenameColumn(
                name: "Definition",
                table: "AlertRules",
                newName: "Name");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "AlertRules",
                newName: "HoldReadings");

            migrationBuilder.AlterColumn<long>(
                name: "Since",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AlterColumn<long>(
                name: "RaisedAt",
                table: "Alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "Id",
                table: "AlertRules",
                type: "INTEGER",
                nullable: false,
                oldClrType: typeof(int),
                oldType: "INTEGER")
                .Annotation("Sqlite:Autoincrement", true);

            migrationBuilder.AddColumn<double>(
                name: "RecoveryRatio",
                table: "AlertRules",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<double>(
                name: "ThresholdRatio",
                table: "AlertRules",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddPrimaryKey(
                name: "PK_AlertRules",
                table: "AlertRules",
                column: "Id");

            migrationBuilder.CreateTable(
                name: "PendingAlerts",
                columns: table => new
                {
                    SensorId = table.Column<string>(type: "TEXT", nullable: false),
                    RuleId = table.Column<int>(type: "INTEGER", nullable: false),
                    Level = table.Column<double>(type: "REAL", nullable: false),
                    Message = table.Column<string>(type: "TEXT", nullable: true),
                    PeakLevel = table.Column<double>(type: "REAL", nullable: false),
                    Readings = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    Threshold = table.Column<double>(type: "REAL", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PendingAlerts", x => new { x.SensorId, x.RuleId });
                });
        }
    }
}
