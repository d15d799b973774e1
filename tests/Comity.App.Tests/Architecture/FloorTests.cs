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
    public void A_module_shows_only_its_door_its_events_and_its_queries() =>
        House.HasNone(
            from project in Project.All
            where project.IsModule
            from file in House.Read([System.IO.Path.GetDirectoryName(project.Path)!], ".cs")
            where !IsDoor(project, file)
            from line in file.Lines
            where PublicType().IsMatch(line.Text)
            select $"{file.At(line.Number)}: \"{line.Text.Trim()}\" is public; only {project.Room}Module.cs, "
                + $"{project.Room}Events.cs, {project.Room}Queries.cs and interfaces that it asks others for may hold public types"
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
    /// Door, events, queries; and at the root of the room, where it must be given something by a room above it, the
    /// interface <c>I….cs</c> that asks for it.
    /// </summary>
    private static bool IsDoor(Project project, SourceText file)
    {
        string[] parts = [$"{project.Room}Module.cs", $"{project.Room}Events.cs", $"{project.Room}Queries.cs"];
        var atRoot = System.IO.Path.GetDirectoryName(file.Name) == System.IO.Path.GetDirectoryName(project.Path);
        return atRoot && (parts.Contains(file.FileName, StringComparer.Ordinal) || Interface().IsMatch(file.FileName));
    }

    [GeneratedRegex(@"^I[A-Z]\w+\.cs$", RegexOptions.None, 1000)]
    private static partial Regex Interface();

    /// <summary>Namespaces are file-scoped, so that a type of its own begins in the first column.</summary>
    [GeneratedRegex(
        @"^public (static |sealed |abstract |readonly |partial |ref )*(class|record|struct|interface|enum|delegate)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PublicType();
}
