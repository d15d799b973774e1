using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>The directory for people at a terminal: what is compared over the telephone, and what stands in the way.</summary>
internal static class DirectoryText
{
    public static IEnumerable<string> Lines(JsonNode directory) =>
        [
            .. Managed(directory["managed"]),
            .. directory.Each("followed").Select(Followed),
            .. directory.Each("entries").SelectMany(Entry),
            .. directory.Each("alarms").Select(a => $"ALARM {a.Text("at")}: {a.Text("sentence")}"),
        ];

    private static IEnumerable<string> Managed(JsonNode? managed) =>
        managed is null
            ? []
            :
            [
                $"manages {managed.Text("code")}: snapshot {managed.Text("number")}, good until {Minute(managed, "expires")}",
                $"  root {managed.Text("root")}   (read it aloud to those who follow)",
            ];

    private static string Followed(JsonNode followed) =>
        $"follows {followed.Text("code")} at {followed.Text("url")}: snapshot {followed.Text("number")}, good until "
        + $"{Minute(followed, "expires")}, last asked with success {Minute(followed, "lastGoodPoll")}";

    private static IEnumerable<string> Entry(JsonNode entry)
    {
        yield return "";
        yield return $"{entry.Text("participant")}  {ShownText.OneLine(entry.Text("name"))}  (entry {entry.Text("sequence")}, good until {Minute(entry, "validUntil")})";
        yield return $"  participant key  {entry.Text("fingerprint")}  {Known(entry)}";
        foreach (var office in entry.Each("offices"))
        {
            yield return $"  {office.Text("office"), -20} {office.Text("mail"), -28} key {Key(office)}, custody {office.Text("custody")}";
            yield return $"  {"", -20} {office.Text("fingerprint")}";
            if (OwnKey(office) is { } wrong)
                yield return $"  {"", -20} {wrong}: comity keys create --office {office.Text("office")} --participant-key FILE";
        }
    }

    private static string Key(JsonNode office) =>
        office.Text("standing") switch
        {
            "usable" =>
                $"usable until {Minute(office, "usableUntil")}{(office.Text("warning") is { Length: > 0 } soon ? $", {soon}" : "")}",
            "expired" => $"EXPIRED on {Minute(office, "usableUntil")}",
            "revoked" => "REVOKED",
            "revoked-compromised" => "REVOKED AS COMPROMISED",
            "not-yet-valid" => "NOT VALID YET",
            "missing" when office.Is("signsOnly") => "ONLY SIGNS: nothing can be sealed to it",
            "missing" => "NONE in its entry",
            _ => "NOT ACCEPTED: its kind is too weak",
        };

    // What the entry says of an own key is what others believe; what this node knows better stands beside it.
    private static string? OwnKey(JsonNode office) =>
        office.Text("ownKey") switch
        {
            "revoked-here" => "REVOKED ON THIS NODE, and others do not know yet",
            "none-usable" => "THIS NODE HOLDS NO USABLE KEY OF IT",
            _ => null,
        };

    private static string Known(JsonNode entry) =>
        (entry.Is("home"), entry.Is("held"), entry.Is("confirmed")) switch
        {
            (true, _, _) => "ours",
            (_, true, _) => "NOT IN USE: another key came, and people have to compare it first",
            (_, _, true) => "confirmed by people",
            _ => "not confirmed: compare it over another channel before you rely on it",
        };

    private static string Minute(JsonNode node, string name) => ConversationTable.Minute(node.Text(name)) + " UTC";
}
