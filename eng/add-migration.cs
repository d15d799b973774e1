// `./comity migration NAME`: the same change of the model as a migration for SQLite and one for PostgreSQL.
using System.Text.RegularExpressions;

if (args is not [var name] || !Regex.IsMatch(name, "^[A-Z][A-Za-z0-9]+$"))
{
    Console.Error.WriteLine("./comity migration NAME, where NAME says what changes, such as AddOfficeCustody");
    return 2;
}

var repository = Repository.Here();
var shell = new Shell().In(repository.Root).EachLine(Console.WriteLine);
if (await shell.RunAsync("dotnet", "tool", "restore") != 0)
{
    return 1;
}

// The node's design-time factory takes --provider and needs no running server.
foreach (var provider in new[] { "Sqlite", "Postgres" })
{
    Console.WriteLine($"{provider}: {name}");
    string[] projects = ["--project", $"src/Comity.Data.{provider}", "--startup-project", "src/Comity.Node"];
    var code = await shell.RunAsync(
        "dotnet",
        [
            "dotnet-ef",
            "migrations",
            "add",
            name,
            .. projects,
            "--output-dir",
            "Migrations",
            "--",
            "--provider",
            provider.ToLowerInvariant(),
        ]
    );
    if (code != 0)
    {
        Console.Error.WriteLine(
            $"The migration for {provider} was not made. Take out what the other provider got, or repair and repeat."
        );
        return 1;
    }
}

Console.WriteLine("Read both, and start a node on an old database, before you commit them.");
return 0;
