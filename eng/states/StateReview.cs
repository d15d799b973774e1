using System.Text.Json;

namespace Comity.Eng;

/// <summary>A name that a person has put in place of what iso-codes has, or beside it.</summary>
internal sealed record ReviewedName(
    string State,
    string Language,
    string Form,
    string Name,
    string Source,
    bool Verified,
    string? Note
);

/// <summary>A region with its names, from eng/states/regions.json.</summary>
internal sealed record ReviewedRegion(string Number, string? Within, IReadOnlyDictionary<string, string> Names);

/// <summary>What people have reviewed: eng/states/overrides.json and eng/states/regions.json.</summary>
internal sealed record StateReview(
    string AsOf,
    string IsoCodes,
    string CldrCore,
    IReadOnlyList<string> Observers,
    IReadOnlyDictionary<string, string> Sources,
    IReadOnlyList<ReviewedName> Names,
    IReadOnlyList<ReviewedRegion> Regions
)
{
    public static readonly string[] Languages = ["ar", "zh", "en", "fr", "ru", "es"];

    public static StateReview Read(Repository repository)
    {
        using var overrides = JsonDocument.Parse(File.ReadAllBytes(repository.At("eng", "states", "overrides.json")));
        using var regions = JsonDocument.Parse(File.ReadAllBytes(repository.At("eng", "states", "regions.json")));
        var root = overrides.RootElement;
        var review = new StateReview(
            Text(root, "asOf"),
            Text(root, "isoCodes"),
            Text(root, "cldrCore"),
            [.. root.GetProperty("observers").EnumerateArray().Select(o => o.GetString()!)],
            Texts(root, "sources"),
            [.. root.GetProperty("names").EnumerateArray().Select(Name)],
            [.. regions.RootElement.GetProperty("regions").EnumerateArray().Select(Region)]
        );
        review.Check();
        return review;
    }

    private void Check()
    {
        var twice = Names.GroupBy(n => (n.State, n.Language, n.Form)).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidDataException($"overrides.json says twice what {twice.Key} is");
        }

        foreach (var name in Names)
        {
            if (!Sources.ContainsKey(name.Source))
            {
                throw new InvalidDataException(
                    $"overrides.json, {name.State} {name.Language}: no source \"{name.Source}\""
                );
            }

            if (!Languages.Contains(name.Language, StringComparer.Ordinal) || name.Form is not ("short" or "formal"))
            {
                throw new InvalidDataException($"overrides.json, {name.State}: {name.Language}, {name.Form}");
            }

            if (!name.Verified && string.IsNullOrEmpty(name.Note))
            {
                throw new InvalidDataException(
                    $"overrides.json, {name.State} {name.Language}: a note must say what is known of what is not verified"
                );
            }
        }
    }

    private static ReviewedName Name(JsonElement name) =>
        new(
            Text(name, "state"),
            Text(name, "language"),
            Text(name, "form"),
            Text(name, "name"),
            Text(name, "source"),
            name.GetProperty("verified").GetBoolean(),
            name.TryGetProperty("note", out var note) ? note.GetString() : null
        );

    private static ReviewedRegion Region(JsonElement region) =>
        new(
            Text(region, "number"),
            region.TryGetProperty("within", out var within) ? within.GetString() : null,
            Texts(region, "names")
        );

    private static Dictionary<string, string> Texts(JsonElement item, string member) =>
        item.GetProperty(member)
            .EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;
}
