using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Comity.App.Tests.Architecture;

public sealed partial class FloorTests
{
    [Fact]
    public void Every_project_stands_on_a_floor() =>
        House.HasNone(
            Project.All.Where(p => p.Floor is null).Select(p => $"{p.Name} has no floor; give it one in Projects.cs")
        );

    [Fact]
    public void A_project_refers_only_to_lower_floors() =>
        House.HasNone(
            from project in Project.All
            from reference in project.References
            let other = Project.All.SingleOrDefault(p => p.Name == reference)
            where other is null || !IsBelow(other, project)
            select $"{project.Name} must not refer to {reference}"
        );

    [Fact]
    public void A_library_knows_neither_web_nor_database() =>
        House.HasNone(
            from project in Project.All
            where project.IsLibrary || project.Name == "Comity.Verify"
            from fault in project
                .Packages.Where(p =>
                    p.Contains("AspNetCore", StringComparison.Ordinal)
                    || p.Contains("EntityFramework", StringComparison.Ordinal)
                )
                .Concat(project.IsWeb ? ["a web SDK or framework"] : [])
                .Concat(project.References.Where(r => !Project.All.Any(p => p.Name == r && p.IsLibrary)))
            select $"{project.Name} must do without {fault}"
        );

    [Fact]
    public void A_module_shows_only_its_door_its_events_its_queries_its_commands_and_the_records_they_speak_in() =>
        House.HasNone(
            from project in Project.All
            where project.IsModule
            let root = System.IO.Path.GetDirectoryName(project.Path)!
            from file in House.Read([root], ".cs")
            let atRoot = System.IO.Path.GetDirectoryName(file.Name) == root
            from line in file.Lines
            where PublicType().IsMatch(line.Text) && !(atRoot && IsFace(project, file, line.Text))
            select $"{file.At(line.Number)}: \"{line.Text.Trim()}\" is public"
        );

    [Fact]
    public void A_module_has_a_door() =>
        House.HasNone(
            from project in Project.All
            where project.IsModule
            let folder = System.IO.Path.GetDirectoryName(project.Path)!
            where House.Read([folder], ".cs").Count > 0
            where !File.Exists(House.Repository.At(folder, $"{project.Room}Module.cs"))
            select $"{project.Name} has no {project.Room}Module.cs"
        );

    [Fact]
    public void The_solution_holds_every_project()
    {
        var listed = XDocument
            .Load(House.Repository.At("Comity.slnx"))
            .Descendants("Project")
            .Select(p => p.Attribute("Path")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        House.HasNone(
            House
                .Read(["src", "tests", "perf"], ".csproj")
                .Select(f => f.Name)
                .Except(listed, StringComparer.Ordinal)
                .Select(n => $"{n} is not in Comity.slnx")
        );
    }

    private static bool IsBelow(Project lower, Project upper) =>
        lower.Floor < upper.Floor
        || (lower.IsLibrary && upper.IsLibrary)
        || (lower.Floor == 0 && upper.Floor is not null);

    /// <summary>
    /// At the root of the room: what door, events and queries hold; the records and enumerations that these speak in;
    /// and an interface by which it asks a room above it for something.
    /// </summary>
    private static bool IsFace(Project project, SourceText file, string declaration)
    {
        string[] faces =
        [
            $"{project.Room}Module.cs",
            $"{project.Room}Events.cs",
            $"{project.Room}Queries.cs",
            $"{project.Room}Commands.cs",
        ];
        return faces.Contains(file.FileName, StringComparer.Ordinal) || SpokenIn().IsMatch(declaration);
    }

    [GeneratedRegex(
        @"^public (interface I[A-Z]|enum |(sealed |readonly )*record )",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex SpokenIn();

    /// <summary>Namespaces are file-scoped, so that a type of its own begins in the first column.</summary>
    [GeneratedRegex(
        @"^public (static |sealed |abstract |readonly |partial |ref )*(class|record|struct|interface|enum|delegate)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PublicType();
}
