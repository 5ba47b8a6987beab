using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(VibeDashContext))]
    [Migration("20261201090000_CommandChain")]
    public partial class CommandChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var text in new[] { "Origin", "Before", "After" })
                migrationBuilder.AddColumn<string>(name: text, table: "Commands", type: "TEXT", nullable: true);

            // Entries of before have none: the chain begins with the next one.
            migrationBuilder.AddColumn<byte[]>(name: "Hash", table: "Commands", type: "BLOB", nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var column in new[] { "Origin", "Before", "After", "Hash" })
                migrationBuilder.Sql($"ALTER TABLE Commands DROP COLUMN {column};");
        }
    }
}
