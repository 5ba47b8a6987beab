using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VibeDashContext))]
    [Migration("20261201080000_SensorLimits")]
    public partial class SensorLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SensorLimits",
                columns: table => new
                {
                    SensorKey = table.Column<int>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: false),
                    Baseline = table.Column<double>(type: "REAL", nullable: false),
                    Thresholds = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table => table.PrimaryKey("PK_SensorLimits", row => new { row.SensorKey, row.Until }));

            // What was in force before the last change on record is not known: of the rules after those of the first start, of labels and baselines.
            migrationBuilder.Sql(
                """
                INSERT INTO SensorLimits (SensorKey, Until, Unit, Baseline, Thresholds)
                SELECT "Key", Changed, '', 0, '[]' FROM (
                    SELECT "Key", max(
                        coalesce((SELECT max(ChangedAt) FROM AlertRules WHERE ChangedAt > (SELECT min(ChangedAt) FROM AlertRules)), 0),
                        coalesce((SELECT max(At) FROM Commands WHERE Refusal IS NULL AND Name = 'DeleteRule'), 0),
                        coalesce((SELECT max(At) FROM Commands WHERE Refusal IS NULL AND Name = 'SetSensor' AND Subject = SensorId), 0),
                        CASE WHEN Baseline IS NULL THEN 0 ELSE coalesce(BaselineAt, 0) END) AS Changed
                    FROM Sensors)
                WHERE Changed > 0
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "SensorLimits");
    }
}
