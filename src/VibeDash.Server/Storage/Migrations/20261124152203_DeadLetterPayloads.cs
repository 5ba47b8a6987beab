using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VibeDash.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class DeadLetterPayloads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // By hand, so that the payload is the last column: what is asked of the others reads no page of it. Of an old letter is whole what was
            // neither cut nor decoded with losses.
            migrationBuilder.Sql(
                """
                CREATE TABLE "NewDeadLetters" (
                    "Id" INTEGER NOT NULL CONSTRAINT "PK_DeadLetters" PRIMARY KEY AUTOINCREMENT,
                    "ReceivedAt" INTEGER NOT NULL,
                    "Topic" TEXT NOT NULL,
                    "Reason" TEXT NOT NULL,
                    "Detail" TEXT NOT NULL,
                    "PayloadBytes" INTEGER NOT NULL,
                    "IsWhole" INTEGER NOT NULL,
                    "KeptBytes" INTEGER NOT NULL,
                    "Attempts" INTEGER NOT NULL,
                    "LastAttemptAt" INTEGER NULL,
                    "Posted" INTEGER NOT NULL,
                    "Source" TEXT NULL,
                    "PacketId" INTEGER NOT NULL,
                    "Redelivered" INTEGER NOT NULL,
                    "Retained" INTEGER NOT NULL,
                    "ContentType" TEXT NULL,
                    "UserProperties" TEXT NULL,
                    "Payload" BLOB NOT NULL
                );

                INSERT INTO "NewDeadLetters" (
                    "Id", "ReceivedAt", "Topic", "Reason", "Detail", "PayloadBytes", "IsWhole", "KeptBytes", "Attempts", "Posted", "PacketId", "Redelivered", "Retained", "Payload")
                SELECT
                    "Id", "ReceivedAt", "Topic", "Reason", "Detail", "PayloadBytes",
                    length(CAST("Payload" AS BLOB)) = "PayloadBytes" AND length("Topic") < 256 AND "Reason" <> 'InvalidEncoding',
                    length(CAST("Payload" AS BLOB)) + length(CAST("Topic" AS BLOB)),
                    0, "Topic" = 'http', 0, 0, 0, CAST("Payload" AS BLOB)
                FROM "DeadLetters";

                DROP TABLE "DeadLetters";
                ALTER TABLE "NewDeadLetters" RENAME TO "DeadLetters";
                """);

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_PacketId",
                table: "DeadLetters",
                column: "PacketId");

            migrationBuilder.CreateIndex(
                name: "IX_DeadLetters_ReceivedAt",
                table: "DeadLetters",
                column: "ReceivedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TABLE "OldDeadLetters" (
                    "Id" INTEGER NOT NULL CONSTRAINT "PK_DeadLetters" PRIMARY KEY,
                    "ReceivedAt" INTEGER NOT NULL,
                    "Topic" TEXT NOT NULL,
                    "Reason" TEXT NOT NULL,
                    "Detail" TEXT NOT NULL,
                    "Payload" TEXT NOT NULL,
                    "PayloadBytes" INTEGER NOT NULL
                );

                INSERT INTO "OldDeadLetters"
                SELECT "Id", "ReceivedAt", "Topic", "Reason", "Detail", CAST("Payload" AS TEXT), "PayloadBytes" FROM "DeadLetters";

                DROP TABLE "DeadLetters";
                ALTER TABLE "OldDeadLetters" RENAME TO "DeadLetters";
                """);
        }
    }
}
