using System.Xml.Linq;

namespace Comity.App.Tests.Architecture;

/// <summary>A project file under src/ with what it refers to.</summary>
internal sealed record Project(
    string Name,
    string Path,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Packages,
    bool IsWeb
)
{
    public static IReadOnlyList<Project> All { get; } = [.. House.Read(["src"], ".csproj").Select(Read)];

    /// <summary>
    /// The floor that a project stands on; null for one that has none yet. Libraries · Kernel · Ui and the databases ·
    /// Accounts, Post · Directory, Framework · Exchange, Implementation, Repository · the rooms above · Node.
    /// </summary>
    public int? Floor =>
        Path.StartsWith("src/Libraries/", StringComparison.Ordinal)
            ? 0
            : Name switch
            {
                "Comity.Kernel" => 1,
                "Comity.Ui" or "Comity.Data.Sqlite" or "Comity.Data.Postgres" => 2,
                "Comity.Accounts" or "Comity.Post" => 3,
                "Comity.Directory" or "Comity.Framework" => 4,
                "Comity.Exchange" or "Comity.Implementation" or "Comity.Repository" => 5,
                "Comity.Incidents"
                or "Comity.Capacity"
                or "Comity.Disclosure"
                or "Comity.Infrastructure"
                or "Comity.Exercises"
                or "Comity.Dialogue" => 6,
                "Comity.Node" or "Comity.Verify" => 7,
                _ => null,
            };

    public bool IsLibrary => Floor == 0;

    public bool IsModule => Path.StartsWith("src/Modules/", StringComparison.Ordinal);

    /// <summary>"Directory" for Comity.Directory.</summary>
    public string Room => Name["Comity.".Length..];

    private static Project Read(SourceText file)
    {
        var own = XDocument.Parse(file.Text);
        var shared = Shared(file.Name).Select(XDocument.Load).ToList();
        var all = shared.Prepend(own).SelectMany(d => d.Descendants()).ToList();
        return new Project(
            System.IO.Path.GetFileNameWithoutExtension(file.Name),
            file.Name,
            [
                .. Included(all, "ProjectReference")
                    .Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))),
            ],
            [.. Included(all, "PackageReference")],
            own.Root!.Attribute("Sdk")?.Value != "Microsoft.NET.Sdk" || Included(all, "FrameworkReference").Any()
        );
    }

    /// <summary>The Directory.Build.props between the root and the project; the root's own has only analyzers.</summary>
    private static IEnumerable<string> Shared(string project)
    {
        var folder = System.IO.Path.GetDirectoryName(project)!;
        while (folder.Length > 0)
        {
            var props = House.Repository.At(folder, "Directory.Build.props");
            if (File.Exists(props))
            {
                yield return props;
            }

            folder = System.IO.Path.GetDirectoryName(folder) ?? "";
        }
    }

    private static IEnumerable<string> Included(IEnumerable<XElement> elements, string kind) =>
        elements.Where(e => e.Name.LocalName == kind).Select(e => e.Attribute("Include")?.Value).OfType<string>();
}
