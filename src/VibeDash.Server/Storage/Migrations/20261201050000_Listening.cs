using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VibeDashContext))]
    [Migration("20261201050000_Listening")]
    public partial class Listening : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Sender",
                table: "Sensors",
                type: "TEXT",
                nullable: true);

            // The edge nodes of Sparkplug.
            migrationBuilder.Sql("UPDATE Sensors SET Sender = Source WHERE Source LIKE 'spBv1.0/%/%'");

            migrationBuilder.CreateTable(
                name: "Listening",
                columns: table => new
                {
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table => table.PrimaryKey("PK_Listening", row => row.Since));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Listening");

            migrationBuilder.Sql("ALTER TABLE Sensors DROP COLUMN Sender;");
        }
    }
}
