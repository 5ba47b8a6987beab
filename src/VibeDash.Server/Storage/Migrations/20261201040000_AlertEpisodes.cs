using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VibeDashContext))]
    [Migration("20261201040000_AlertEpisodes")]
    public partial class AlertEpisodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(name: "FirstSince", table: "Alerts", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<long>(name: "FirstRaisedAt", table: "Alerts", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<long>(name: "PreviousClearedAt", table: "Alerts", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<string>(name: "ClearCause", table: "Alerts", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<string>(name: "ClearCauseArguments", table: "Alerts", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<string>(name: "ClearedBy", table: "Alerts", type: "TEXT", nullable: true);

            // Before, the two times were those of the first raise. The journal has the others.
            migrationBuilder.Sql(
                """
                UPDATE Alerts SET FirstSince = Since, FirstRaisedAt = RaisedAt;
                UPDATE Alerts SET
                    Since = COALESCE((SELECT Since FROM AlertTransitions WHERE AlertId = Alerts.Id AND "Trigger" = 'Raised' ORDER BY Position DESC LIMIT 1), Since),
                    RaisedAt = COALESCE((SELECT At FROM AlertTransitions WHERE AlertId = Alerts.Id AND "Trigger" = 'Raised' ORDER BY Position DESC LIMIT 1), RaisedAt),
                    PreviousClearedAt = (SELECT CASE WHEN Cause IS NULL THEN At END FROM AlertTransitions WHERE AlertId = Alerts.Id AND "Trigger" = 'Cleared' AND Position <
                        (SELECT Position FROM AlertTransitions WHERE AlertId = Alerts.Id AND "Trigger" = 'Raised' ORDER BY Position DESC LIMIT 1)
                        ORDER BY Position DESC LIMIT 1)
                    WHERE Raises > 1;
                UPDATE Alerts SET (ClearCause, ClearCauseArguments, ClearedBy) =
                    (SELECT Cause, CauseArguments, "By" FROM AlertTransitions WHERE AlertId = Alerts.Id AND "Trigger" = 'Cleared' ORDER BY Position DESC LIMIT 1)
                    WHERE ClearedAt IS NOT NULL AND Id IN (SELECT AlertId FROM AlertTransitions WHERE "Trigger" = 'Cleared' AND Cause IS NOT NULL);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("UPDATE Alerts SET Since = FirstSince, RaisedAt = FirstRaisedAt;");
            foreach (var column in (string[])["FirstSince", "FirstRaisedAt", "PreviousClearedAt", "ClearCause", "ClearCauseArguments", "ClearedBy"])
                migrationBuilder.Sql($"ALTER TABLE Alerts DROP COLUMN {column};");
        }
    }
}
