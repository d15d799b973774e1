// `./comity module NAME`: a new room with its door, its project, its place in the solution and in the program.
using System.Text.RegularExpressions;

if (args is not [var name] || !Regex.IsMatch(name, "^[A-Z][a-z]+([A-Z][a-z]+)*$"))
{
    Console.Error.WriteLine("./comity module NAME, where NAME is what people do there, such as Incidents");
    return 2;
}

var repository = Repository.Here();
var folder = repository.At("src", "Modules", $"Comity.{name}");
if (Directory.Exists(folder))
{
    Console.Error.WriteLine($"{repository.Name(folder)} is there already.");
    return 1;
}

var low = name.ToLowerInvariant();
Directory.CreateDirectory(Path.Combine(folder, "Text"));
File.WriteAllText(
    Path.Combine(folder, $"Comity.{name}.csproj"),
    """
    <Project Sdk="Microsoft.NET.Sdk.Razor">
      <ItemGroup>
        <ProjectReference Include="../Comity.Accounts/Comity.Accounts.csproj" />
      </ItemGroup>
    </Project>

    """
);
File.WriteAllText(
    Path.Combine(folder, $"{name}Module.cs"),
    $$"""
    using Comity.Kernel.Modules;
    using Microsoft.Extensions.DependencyInjection;

    namespace Comity.{{name}};

    /// <summary>The door of the room: services, acts, places and routes.</summary>
    public sealed class {{name}}Module : IModule
    {
        public string Name => "{{low}}";

        public IReadOnlyList<Act> Acts => [];

        public void Add(IServiceCollection services)
        {
            services.AddScoped<{{name}}Queries>();
        }

        public void Map(ModuleRoutes routes) { }
    }

    """
);
File.WriteAllText(
    Path.Combine(folder, $"{name}Queries.cs"),
    $"""
    namespace Comity.{name};

    /// <summary>What other rooms may ask.</summary>
    public sealed class {name}Queries;

    """
);
File.WriteAllText(
    Path.Combine(folder, $"{name}Events.cs"),
    $"""
    namespace Comity.{name};

    /// <summary>What other rooms may hear.</summary>
    public static class {name}Events;

    """
);

Insert(
    "Comity.slnx",
    "  <Folder Name=\"/src/Modules/\">\n",
    $"    <Project Path=\"src/Modules/Comity.{name}/Comity.{name}.csproj\" />\n"
);
Insert(
    "src/Comity.Node/Comity.Node.csproj",
    "<ProjectReference Include=\"../Modules/",
    $"<ProjectReference Include=\"../Modules/Comity.{name}/Comity.{name}.csproj\" />\n    ",
    before: true
);
Console.WriteLine($"{repository.Name(folder)} is made. What is left for you:");
Console.WriteLine(
    $"  src/Comity.Node/Rooms.cs                                 list it, from the ground up: new {name}Module()"
);
Console.WriteLine($"  tests/Comity.App.Tests/Architecture/Projects.cs          its floor, if it is not there yet");
Console.WriteLine(
    $"  src/Modules/Comity.{name}/                               folders by what people do; docs/architecture.md has the anatomy"
);
Console.WriteLine("  ./comity i18n --write                                    when it says its first words");
return 0;

void Insert(string file, string mark, string text, bool before = false)
{
    var path = repository.At(file);
    var old = File.ReadAllText(path);
    var place = old.IndexOf(mark, StringComparison.Ordinal);
    if (place < 0)
    {
        Console.WriteLine($"  {file}: no place found; add by hand: {text.Trim()}");
        return;
    }

    File.WriteAllText(path, old.Insert(before ? place : place + mark.Length, text));
}
