using System.Globalization;
using System.Text.Json;

namespace Comity.States;

/// <summary>What <c>states.json</c> holds. The file is our own and written by a program, so a fault in it is an exception.</summary>
internal sealed record StatesFile(
    DateOnly AsOf,
    IReadOnlyList<string> Languages,
    IReadOnlyList<M49Region> Regions,
    IReadOnlyList<State> States
)
{
    private const string Resource = "Comity.States.states.json";

    public static StatesFile Embedded()
    {
        using var stream = Open();
        using var document = JsonDocument.Parse(stream);
        return Read(document.RootElement);
    }

    public static byte[] Octets()
    {
        using var stream = Open();
        var octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }

    private static Stream Open() =>
        typeof(StatesFile).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidDataException($"{Resource} is not embedded");

    private static StatesFile Read(JsonElement root)
    {
        var languages = root.GetProperty("languages").EnumerateArray().Select(l => l.GetString()!).ToList();
        var regions = new List<M49Region>();
        var byNumber = new Dictionary<string, M49Region>(StringComparer.Ordinal);
        foreach (var item in root.GetProperty("regions").EnumerateArray())
        {
            // Each stands after the region that it is within.
            var within = item.TryGetProperty("within", out var upper) ? byNumber[upper.GetString()!] : null;
            var region = new M49Region(Text(item, "number"), within, Names(item, "names", languages));
            byNumber.Add(region.Number, region);
            regions.Add(region);
        }

        return new StatesFile(
            DateOnly.ParseExact(Text(root, "asOf"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            languages.AsReadOnly(),
            regions.AsReadOnly(),
            [
                .. root.GetProperty("states")
                    .EnumerateArray()
                    .Select(item => new State(
                        Text(item, "alpha2"),
                        Text(item, "alpha3"),
                        Text(item, "number"),
                        MembershipOf(Text(item, "membership")),
                        byNumber[Text(item, "region")],
                        Names(item, "short", languages),
                        Names(item, "formal", languages),
                        Unverified(item)
                    )),
            ]
        );
    }

    private static IReadOnlyList<UnverifiedName> Unverified(JsonElement item) =>
        item.TryGetProperty("unverified", out var names)
            ?
            [
                .. names
                    .EnumerateArray()
                    .Select(n => new UnverifiedName(Text(n, "language"), FormOf(Text(n, "form")), Text(n, "known"))),
            ]
            : [];

    private static NameForm FormOf(string word) =>
        word switch
        {
            "short" => NameForm.ShortName,
            "formal" => NameForm.FormalName,
            _ => throw new InvalidDataException($"\"{word}\" is no form of a name"),
        };

    private static Membership MembershipOf(string word) =>
        word switch
        {
            "member" => Membership.Member,
            "observer" => Membership.Observer,
            _ => throw new InvalidDataException($"\"{word}\" is no membership"),
        };

    private static NamesByLanguage Names(JsonElement item, string member, IEnumerable<string> languages)
    {
        var names = item.GetProperty(member);
        return new NamesByLanguage(languages.ToDictionary(l => l, l => Text(names, l), StringComparer.Ordinal));
    }

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;
}
