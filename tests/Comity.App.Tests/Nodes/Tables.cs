using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Comity.App.Tests.Nodes;

/// <summary>Everything in a database, table by table and row by row, for comparing two of them.</summary>
internal static class Tables
{
    /// <summary>What changes by itself: the work of a node, and a lock that every start clears.</summary>
    private static readonly string[] Restless = ["kernel_work", "__EFMigrationsLock"];

    private const string OfSqlite = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    private const string OfPostgres = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";

    /// <summary>Each table with the digests of its rows, sorted.</summary>
    public static async Task<SortedDictionary<string, List<string>>> ReadAsync(DbConnection connection, Store store)
    {
        await connection.OpenAsync();
        var all = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in await RowsAsync(connection, store == Store.Sqlite ? OfSqlite : OfPostgres))
            if (!Restless.Contains(table, StringComparer.Ordinal))
                all[table] = await DigestsAsync(connection, table);
        return all;
    }

    private static async Task<List<string>> DigestsAsync(DbConnection connection, string table)
    {
        var digests = await RowsAsync(connection, $"SELECT * FROM \"{table}\"");
        digests.Sort(StringComparer.Ordinal);
        return digests;
    }

    private static async Task<List<string>> RowsAsync(DbConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var row = new StringBuilder();
            for (var i = 0; i < reader.FieldCount; i++)
                row.Append(reader.FieldCount > 1 ? "|" : "").Append(Text(reader.GetValue(i)));
            rows.Add(
                reader.FieldCount == 1
                    ? row.ToString()
                    : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.ToString())))
            );
        }
        return rows;
    }

    private static string Text(object value) =>
        value switch
        {
            byte[] octets => Convert.ToHexString(octets),
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}
