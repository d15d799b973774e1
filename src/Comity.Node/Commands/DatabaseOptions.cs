using System.CommandLine;

namespace Comity.Node.Commands;

/// <summary>Where PostgreSQL is. What stands on a command line, every user of the machine can read; a file can be closed.</summary>
internal sealed class DatabaseOptions
{
    private readonly Option<string?> _text = new("--database")
    {
        Description =
            "A PostgreSQL connection string without a password (\"Host=…\"); kept in node.json. Without it: SQLite in the data folder.",
    };

    private readonly Option<string?> _file = new("--database-file")
    {
        Description = "The same from a file, for a connection string with a password.",
    };

    public IEnumerable<Option> All => [_text, _file];

    /// <summary>The connection string; null where none is named.</summary>
    public string? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is not { } path)
            return parsed.GetValue(_text);
        if (parsed.GetValue(_text) is not null)
            throw new CommandException("Name --database or --database-file, not both. Nothing was done.");
        if (!File.Exists(path))
            throw new CommandException($"There is no file {path}. Nothing was done.");
        return File.ReadAllText(path).Trim();
    }
}
