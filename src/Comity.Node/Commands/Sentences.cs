using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Comity.Data.Postgres;
using Comity.Data.Sqlite;
using Comity.Kernel.Data;
using Comity.Node.Keeping;

namespace Comity.Node.Commands;

/// <summary>Faults of the surroundings as sentences: which file, which database, what to do. Nobody is shown a stack.</summary>
internal static class Sentences
{
    private const string NoRoom =
        "There is no room left on the disk of this node. Nothing was changed, and what was accepted before is kept; make room, and try again.";

    /// <summary>What to say; null where the fault is the program's own and has to be seen as it is.</summary>
    public static string? Of(Exception fault) =>
        fault switch
        {
            NewerDatabaseException newer => newer.Message,
            MissingProgramException missing => missing.Message,
            DamagedBackupException damaged =>
                $"This is no backup of a node, or not the whole of one: {damaged.Message}. Nothing was restored; use another copy.",
            FileNotFoundException { FileName: { } name } => $"There is no file {name}. Nothing was changed.",
            DirectoryNotFoundException or FileNotFoundException => $"{fault.Message} Nothing was changed.",
            UnauthorizedAccessException => $"{fault.Message} Look at the permissions, or use another user.",
            JsonException json => $"The file is not JSON that can be read: {json.Message} Nothing was changed.",
            UriFormatException =>
                $"An address is not one: {fault.Message} Write it as https://node.example. Nothing was changed.",
            DiskFullException => NoRoom,
            DbException full when SqliteDatabase.SaysFull(full) || PostgresDatabase.SaysFull(full) => NoRoom,
            DbException =>
                $"The database does not answer as it should: {fault.Message} What was accepted before is kept there; "
                    + "look whether the server runs and the connection in node.json is right.",
            CryptographicException =>
                "The master key does not fit this node's data, or a key file is damaged. Nothing was changed; "
                    + "bring back the master.key that belongs to this folder.",
            HttpRequestException =>
                $"The node stopped answering on its socket: {fault.Message} What it accepted is kept; before you send again, "
                    + "look with `comity exchange list` whether it has the message.",
            IOException => $"{fault.Message} What the node accepted before is kept.",
            _ => fault.InnerException is { } inner ? Of(inner) : null,
        };
}
