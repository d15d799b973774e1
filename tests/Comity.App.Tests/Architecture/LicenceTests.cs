using System.Text.Json;
using System.Xml.Linq;

namespace Comity.App.Tests.Architecture;

/// <summary>
/// What others wrote and we build with, by licence. Everything that is shipped must go with Apache-2.0; a new package,
/// or a package with a new licence, shows as a change of the approved list.
/// </summary>
public sealed class LicenceTests
{
    private const string Approved = "tests/Comity.App.Tests/Architecture/licences.approved.txt";

    private static readonly HashSet<string> FitsApache = new(StringComparer.Ordinal)
    {
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "PostgreSQL",
        "ISC",
        "Zlib",
        "Unlicense",
    };

    private static readonly string Cache =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [Fact]
    public void The_packages_and_their_licences_are_the_approved_ones()
    {
        var shipped = Locked("src");
        var tests = Locked("tests").Except(shipped);
        var now = Lines("shipped", shipped).Concat(Lines("tests", tests)).ToList();
        var approved = File.ReadAllLines(House.Repository.At(Approved))
            .Where(l => l.Length > 0 && l[0] != '#')
            .ToList();
        House.HasNone([
            .. now.Except(approved, StringComparer.Ordinal).Select(l => $"to add to {Approved}, its licence read: {l}"),
            .. approved.Except(now, StringComparer.Ordinal).Select(l => $"to take out, no longer used: {l}"),
        ]);
    }

    [Fact]
    public void Every_shipped_licence_fits_Apache() =>
        House.HasNone(
            from line in File.ReadAllLines(House.Repository.At(Approved))
            where line.StartsWith("shipped ", StringComparison.Ordinal)
            let licence = line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[^1].Trim()
            where
                !licence.Split(" AND ").All(part => part.Split(" OR ").Any(FitsApache.Contains))
                && !licence.Contains("reviewed:", StringComparison.Ordinal)
            select line
        );

    private static IEnumerable<string> Lines(string use, IEnumerable<(string Id, string Version)> packages) =>
        packages
            .Select(p => $"{use}  {p.Id}  {Licence(p.Id, p.Version)}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.OrdinalIgnoreCase);

    private static HashSet<(string Id, string Version)> Locked(string area)
    {
        var found = new HashSet<(string, string)>();
        foreach (var file in House.Read([area], ".json").Where(f => f.FileName == "packages.lock.json"))
        {
            using var document = JsonDocument.Parse(file.Text);
            foreach (
                var package in document
                    .RootElement.GetProperty("dependencies")
                    .EnumerateObject()
                    .SelectMany(f => f.Value.EnumerateObject())
            )
            {
                if (package.Value.TryGetProperty("resolved", out var version))
                {
                    found.Add((package.Name, version.GetString()!));
                }
            }
        }

        return found;
    }

    private static string Licence(string id, string version)
    {
        var name = id.ToLowerInvariant();
        var nuspec = Path.Combine(Cache, name, version.ToLowerInvariant(), $"{name}.nuspec");
        if (!File.Exists(nuspec))
        {
            return "not in the package cache";
        }

        var elements = XDocument.Load(nuspec).Descendants().ToList();
        var licence = elements.FirstOrDefault(e => e.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value
            : licence is not null ? $"file {licence.Value}"
            : elements.FirstOrDefault(e => e.Name.LocalName == "licenseUrl")?.Value ?? "none stated";
    }
}
