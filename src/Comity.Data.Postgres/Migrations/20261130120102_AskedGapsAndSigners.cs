using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Comity.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AskedGapsAndSigners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Place",
                table: "exchange_message",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedStatement",
                table: "exchange_former_envelope",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedTo",
                table: "exchange_former_envelope",
                type: "character varying(80)",
                maxLength: 80,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SignedBy",
                table: "exchange_former_envelope",
                type: "character varying(80)",
                maxLength: 80,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SignedBy",
                table: "exchange_delivery",
                type: "character varying(80)",
                maxLength: 80,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "exchange_asked_gap",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationRow = table.Column<Guid>(type: "uuid", nullable: false),
                    AudienceId = table.Column<int>(type: "integer", nullable: false),
                    Author = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Lowest = table.Column<long>(type: "bigint", nullable: false),
                    Times = table.Column<int>(type: "integer", nullable: false),
                    Latest = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Taken = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_asked_gap", x => x.Id);
                    table.ForeignKey(
                        name: "FK_exchange_asked_gap_exchange_conversation_ConversationRow",
                        column: x => x.ConversationRow,
                        principalTable: "exchange_conversation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_asked_gap_ConversationRow_Author",
                table: "exchange_asked_gap",
                columns: new[] { "ConversationRow", "Author" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "exchange_asked_gap");

            migrationBuilder.DropColumn(
                name: "Place",
                table: "exchange_message");

            migrationBuilder.DropColumn(
                name: "SealedStatement",
                table: "exchange_former_envelope");

            migrationBuilder.DropColumn(
                name: "SealedTo",
                table: "exchange_former_envelope");

            migrationBuilder.DropColumn(
                name: "SignedBy",
                table: "exchange_former_envelope");

            migrationBuilder.DropColumn(
                name: "SignedBy",
                table: "exchange_delivery");
        }
    }
}
