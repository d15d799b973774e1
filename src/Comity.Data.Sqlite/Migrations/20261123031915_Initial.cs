using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Comity.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts_person",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_person", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "directory_admitted",
                columns: table => new
                {
                    Participant = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Admitted = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Current = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Pending = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    LastAsked = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_admitted", x => x.Participant);
                });

            migrationBuilder.CreateTable(
                name: "directory_alert",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Directory = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Notice = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Participant = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    IsAlarm = table.Column<bool>(type: "INTEGER", nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Ended = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_alert", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "directory_confirmation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Participant = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_confirmation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "directory_entry",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Participant = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ValidUntil = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Octets = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FirstSeen = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_entry", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "directory_followed",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Root = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Header = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Expires = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastPoll = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastGoodPoll = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_followed", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "directory_home",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Certificate = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Core = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CoreCertification = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Entry = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    ValidUntil = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_home", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "directory_managed",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Delegation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DelegatedUntil = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Header = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Expires = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_managed", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "directory_snapshot",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Directory = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    HeaderDigest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Expires = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Delegation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Header = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Entries = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Seen = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_snapshot", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "directory_stamp",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_stamp", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_alarm",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Home = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Latest = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Other = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: true),
                    EnvelopeDigest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Told = table.Column<bool>(type: "INTEGER", nullable: false),
                    Settled = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_alarm", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_asked_again",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Of = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Taken = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_asked_again", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_conversation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Home = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ConversationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Opener = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    OpenedBy = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Exercise = table.Column<bool>(type: "INTEGER", nullable: false),
                    Record = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Opened = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Latest = table.Column<DateTime>(type: "TEXT", nullable: false),
                    StorageKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Parties = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_conversation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_parked",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Home = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Participant = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    EnvelopeDigest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    EnvelopeBlob = table.Column<Guid>(type: "TEXT", nullable: false),
                    StorageKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Due = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_parked", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_seen_id",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Home = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    MessageRow = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Contradicted = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_seen_id", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_audience",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audience", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_blob",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StorageKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_blob", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_key",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Expires = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Retired = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Revoked = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Public = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedSecret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedRevocation = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_key", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_ring_key",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_ring_key", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_storage_key",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Destroyed = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_storage_key", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_work",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Due = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LeasedUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Wanted = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_work", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "post_parcel",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    WorkKey = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Sink = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Node = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Route = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Kept = table.Column<Guid>(type: "TEXT", nullable: true),
                    Accepted = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LastError = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Settled = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_post_parcel", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "post_refusal",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    KeyId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Verified = table.Column<bool>(type: "INTEGER", nullable: false),
                    Participants = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Route = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Envelope = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_post_refusal", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_duty",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Office = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_duty", x => x.Id);
                    table.ForeignKey(
                        name: "FK_accounts_duty_accounts_person_PersonId",
                        column: x => x.PersonId,
                        principalTable: "accounts_person",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "accounts_invitation",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Token = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Expires = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Used = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_invitation", x => x.Id);
                    table.ForeignKey(
                        name: "FK_accounts_invitation_accounts_person_PersonId",
                        column: x => x.PersonId,
                        principalTable: "accounts_person",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "accounts_session",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Secret = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Browser = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSeen = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Ended = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_session", x => x.Id);
                    table.ForeignKey(
                        name: "FK_accounts_session_accounts_person_PersonId",
                        column: x => x.PersonId,
                        principalTable: "accounts_person",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "directory_followed_entry",
                columns: table => new
                {
                    FollowedId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Participant = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Current = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Pending = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Listed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_followed_entry", x => new { x.FollowedId, x.Participant });
                    table.ForeignKey(
                        name: "FK_directory_followed_entry_directory_followed_FollowedId",
                        column: x => x.FollowedId,
                        principalTable: "directory_followed",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_message",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConversationRow = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Participant = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Tlp = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ReplyBy = table.Column<DateTime>(type: "TEXT", nullable: true),
                    InReplyTo = table.Column<Guid>(type: "TEXT", nullable: true),
                    InReplyToDigest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Sent = table.Column<bool>(type: "INTEGER", nullable: false),
                    Asks = table.Column<int>(type: "INTEGER", nullable: false),
                    Settles = table.Column<bool>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    SealedOctets = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Arrival_EnvelopeBlob = table.Column<Guid>(type: "TEXT", nullable: true),
                    Arrival_EnvelopeDigest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Arrival_SealedStatement = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Arrival_SignedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Arrival_Signer = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Arrival_SignerStanding = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Arrival_TextDiffers = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_message", x => x.Id);
                    table.ForeignKey(
                        name: "FK_exchange_message_exchange_conversation_ConversationRow",
                        column: x => x.ConversationRow,
                        principalTable: "exchange_conversation",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "kernel_blob_piece",
                columns: table => new
                {
                    BlobId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_blob_piece", x => new { x.BlobId, x.Number });
                    table.ForeignKey(
                        name: "FK_kernel_blob_piece_kernel_blob_BlobId",
                        column: x => x.BlobId,
                        principalTable: "kernel_blob",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "post_parcel_piece",
                columns: table => new
                {
                    ParcelId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Octets = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_post_parcel_piece", x => new { x.ParcelId, x.Number });
                    table.ForeignKey(
                        name: "FK_post_parcel_piece_post_parcel_ParcelId",
                        column: x => x.ParcelId,
                        principalTable: "post_parcel",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_attachment",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    MessageRow = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    BlobId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_attachment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_exchange_attachment_exchange_message_MessageRow",
                        column: x => x.MessageRow,
                        principalTable: "exchange_message",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_delivery",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    MessageRow = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConversationRow = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Office = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Copy = table.Column<bool>(type: "INTEGER", nullable: false),
                    SealedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EnvelopeDigest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    EnvelopeBlob = table.Column<Guid>(type: "TEXT", nullable: true),
                    SealedStatement = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SealedTo = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    HandedOver = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    CauseAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Awaited = table.Column<bool>(type: "INTEGER", nullable: false),
                    Recovered = table.Column<bool>(type: "INTEGER", nullable: false),
                    NoticeSent = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_delivery", x => x.Id);
                    table.ForeignKey(
                        name: "FK_exchange_delivery_exchange_message_MessageRow",
                        column: x => x.MessageRow,
                        principalTable: "exchange_message",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_receipt",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    MessageRow = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Office = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    SignedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    NodeKey = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Octets = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Given = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_receipt", x => x.Id);
                    table.ForeignKey(
                        name: "FK_exchange_receipt_exchange_message_MessageRow",
                        column: x => x.MessageRow,
                        principalTable: "exchange_message",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_former_envelope",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeliveryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConversationRow = table.Column<Guid>(type: "TEXT", nullable: false),
                    AudienceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    SealedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TakenBack = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_former_envelope", x => x.Id);
                    table.ForeignKey(
                        name: "FK_exchange_former_envelope_exchange_delivery_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "exchange_delivery",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "directory_stamp",
                columns: new[] { "Id", "Value" },
                values: new object[] { 1, new Guid("00000000-0000-0000-0000-000000000000") });

            migrationBuilder.InsertData(
                table: "kernel_audience",
                columns: new[] { "Id", "Key" },
                values: new object[] { -1, "public" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_duty_Office",
                table: "accounts_duty",
                column: "Office");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_duty_PersonId",
                table: "accounts_duty",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_invitation_PersonId",
                table: "accounts_invitation",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_invitation_Token",
                table: "accounts_invitation",
                column: "Token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_session_PersonId",
                table: "accounts_session",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_directory_alert_Directory_Ended",
                table: "directory_alert",
                columns: new[] { "Directory", "Ended" });

            migrationBuilder.CreateIndex(
                name: "IX_directory_confirmation_Participant_Fingerprint_By",
                table: "directory_confirmation",
                columns: new[] { "Participant", "Fingerprint", "By" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_directory_entry_Digest",
                table: "directory_entry",
                column: "Digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_directory_entry_Participant_Sequence",
                table: "directory_entry",
                columns: new[] { "Participant", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_directory_followed_Root",
                table: "directory_followed",
                column: "Root",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_directory_snapshot_Directory_Number",
                table: "directory_snapshot",
                columns: new[] { "Directory", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_directory_snapshot_HeaderDigest",
                table: "directory_snapshot",
                column: "HeaderDigest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_alarm_AudienceId_Settled",
                table: "exchange_alarm",
                columns: new[] { "AudienceId", "Settled" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_alarm_Home_Other_Code_Told",
                table: "exchange_alarm",
                columns: new[] { "Home", "Other", "Code", "Told" },
                unique: true,
                filter: "\"Settled\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_asked_again_Of_By",
                table: "exchange_asked_again",
                columns: new[] { "Of", "By" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_attachment_MessageRow_Number",
                table: "exchange_attachment",
                columns: new[] { "MessageRow", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_conversation_AudienceId_Latest",
                table: "exchange_conversation",
                columns: new[] { "AudienceId", "Latest" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_conversation_ConversationId_Home_Opener",
                table: "exchange_conversation",
                columns: new[] { "ConversationId", "Home", "Opener" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_conversation_OpenedBy_Opened",
                table: "exchange_conversation",
                columns: new[] { "OpenedBy", "Opened" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_delivery_Cause",
                table: "exchange_delivery",
                column: "Cause");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_delivery_ConversationRow_Office_Sequence",
                table: "exchange_delivery",
                columns: new[] { "ConversationRow", "Office", "Sequence" },
                unique: true,
                filter: "\"Recovered\" = FALSE");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_delivery_EnvelopeDigest",
                table: "exchange_delivery",
                column: "EnvelopeDigest");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_delivery_MessageRow_Office",
                table: "exchange_delivery",
                columns: new[] { "MessageRow", "Office" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_former_envelope_DeliveryId",
                table: "exchange_former_envelope",
                column: "DeliveryId");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_former_envelope_Digest",
                table: "exchange_former_envelope",
                column: "Digest");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_message_ConversationRow_From_MessageId",
                table: "exchange_message",
                columns: new[] { "ConversationRow", "From", "MessageId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_message_ConversationRow_Participant",
                table: "exchange_message",
                columns: new[] { "ConversationRow", "Participant" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_message_MessageId",
                table: "exchange_message",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_message_Participant_At",
                table: "exchange_message",
                columns: new[] { "Participant", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_parked_EnvelopeDigest_Home",
                table: "exchange_parked",
                columns: new[] { "EnvelopeDigest", "Home" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_parked_Participant",
                table: "exchange_parked",
                column: "Participant");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_receipt_MessageRow_Office_Level_Given",
                table: "exchange_receipt",
                columns: new[] { "MessageRow", "Office", "Level", "Given" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_seen_id_From_MessageId_Home",
                table: "exchange_seen_id",
                columns: new[] { "From", "MessageId", "Home" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audience_Key",
                table: "kernel_audience",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_kernel_key_Fingerprint",
                table: "kernel_key",
                column: "Fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_key_Purpose_Subject",
                table: "kernel_key",
                columns: new[] { "Purpose", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_work_Due",
                table: "kernel_work",
                column: "Due");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_work_Kind_Key",
                table: "kernel_work",
                columns: new[] { "Kind", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_post_parcel_Node_State",
                table: "post_parcel",
                columns: new[] { "Node", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_post_parcel_Sink_Reference",
                table: "post_parcel",
                columns: new[] { "Sink", "Reference" });

            migrationBuilder.CreateIndex(
                name: "IX_post_refusal_Verified_Participants_At",
                table: "post_refusal",
                columns: new[] { "Verified", "Participants", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_duty");

            migrationBuilder.DropTable(
                name: "accounts_invitation");

            migrationBuilder.DropTable(
                name: "accounts_session");

            migrationBuilder.DropTable(
                name: "directory_admitted");

            migrationBuilder.DropTable(
                name: "directory_alert");

            migrationBuilder.DropTable(
                name: "directory_confirmation");

            migrationBuilder.DropTable(
                name: "directory_entry");

            migrationBuilder.DropTable(
                name: "directory_followed_entry");

            migrationBuilder.DropTable(
                name: "directory_home");

            migrationBuilder.DropTable(
                name: "directory_managed");

            migrationBuilder.DropTable(
                name: "directory_snapshot");

            migrationBuilder.DropTable(
                name: "directory_stamp");

            migrationBuilder.DropTable(
                name: "exchange_alarm");

            migrationBuilder.DropTable(
                name: "exchange_asked_again");

            migrationBuilder.DropTable(
                name: "exchange_attachment");

            migrationBuilder.DropTable(
                name: "exchange_former_envelope");

            migrationBuilder.DropTable(
                name: "exchange_parked");

            migrationBuilder.DropTable(
                name: "exchange_receipt");

            migrationBuilder.DropTable(
                name: "exchange_seen_id");

            migrationBuilder.DropTable(
                name: "kernel_audience");

            migrationBuilder.DropTable(
                name: "kernel_blob_piece");

            migrationBuilder.DropTable(
                name: "kernel_key");

            migrationBuilder.DropTable(
                name: "kernel_ring_key");

            migrationBuilder.DropTable(
                name: "kernel_storage_key");

            migrationBuilder.DropTable(
                name: "kernel_work");

            migrationBuilder.DropTable(
                name: "post_parcel_piece");

            migrationBuilder.DropTable(
                name: "post_refusal");

            migrationBuilder.DropTable(
                name: "accounts_person");

            migrationBuilder.DropTable(
                name: "directory_followed");

            migrationBuilder.DropTable(
                name: "exchange_delivery");

            migrationBuilder.DropTable(
                name: "kernel_blob");

            migrationBuilder.DropTable(
                name: "post_parcel");

            migrationBuilder.DropTable(
                name: "exchange_message");

            migrationBuilder.DropTable(
                name: "exchange_conversation");
        }
    }
}
