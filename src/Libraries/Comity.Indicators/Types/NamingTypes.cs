using Comity.Stix;

namespace Comity.Indicators.Types;

/// <summary>
/// Types, categories, objects and columns that name an actor, a person, an organisation or a place. A notification tells
/// what was seen, not who is behind it; and of persons it tells no more than it must.
/// </summary>
internal static class NamingTypes
{
    private static readonly (NameKind Kind, string Words)[] Listed =
    [
        (NameKind.ThreatActor, "threat-actor actor actors adversary adversaries apt attacker group-name intrusion-set"),
        (NameKind.Campaign, "campaign campaign-name campaign-id operation"),
        (NameKind.Attribution, "attribution attributed-to"),
        (
            NameKind.Person,
            """
            whois-registrant-name whois-registrant-email whois-registrant-phone dns-soa-email target-user target-email
            first-name middle-name last-name full-name date-of-birth gender passport-number passport-expiration
            redress-number visa-number issue-date-of-the-visa special-service-request frequent-flyer-number travel-details
            payment-details passenger-name-record-locator-number place-port-of-original-embarkation
            place-port-of-clearance place-port-of-onward-foreign-destination phone-number identity-card-number
            github-username jabber-id twitter-id eppn email-src-display-name email-dst-display-name pgp-public-key
            pgp-private-key iban bic bank-account-nr aba-rtn bin cc-number prtn person author authors creator-email
            event-creator-email reporter
            """
        ),
        (
            NameKind.Organisation,
            """
            whois-registrant-org whois-registrar target-org target-machine target-external github-organisation victim
            victims target targets org orgc organisation organization source-org event-source-org event-member-org
            """
        ),
        (
            NameKind.Place,
            """
            target-location country countries country-code region nationality passport-country country-of-residence
            primary-residence place-of-birth
            """
        ),
    ];

    /// <summary>Words in a type, column or tag that is not known otherwise, by which it says who.</summary>
    private static readonly string[] Saying =
    [
        "actor",
        "adversary",
        "attribution",
        "campaign",
        "country",
        "intrusionset",
        "organisation",
        "organization",
        "passport",
        "registra",
        "responsib",
        "target",
        "victim",
    ];

    private static readonly Dictionary<string, NameKind> ByCategory = new(StringComparer.Ordinal)
    {
        ["attribution"] = NameKind.Attribution,
        ["person"] = NameKind.Person,
        ["socialnetwork"] = NameKind.Person,
        ["targetingdata"] = NameKind.Organisation,
    };

    private static readonly Dictionary<string, NameKind> ByObject = new(StringComparer.Ordinal)
    {
        ["person"] = NameKind.Person,
        ["employee"] = NameKind.Person,
        ["passport"] = NameKind.Person,
        ["identity"] = NameKind.Person,
        ["victim"] = NameKind.Organisation,
        ["organization"] = NameKind.Organisation,
        ["legalentity"] = NameKind.Organisation,
        ["threatactor"] = NameKind.ThreatActor,
        ["intrusionset"] = NameKind.IntrusionSet,
    };

    private static readonly Dictionary<string, NameKind> ByType = Listed
        .SelectMany(l =>
            l.Words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
                .Select(w => (Word: KnownTypes.Key(w), l.Kind))
        )
        .ToDictionary(w => w.Word, w => w.Kind, StringComparer.Ordinal);

    /// <summary>Whom a type or column names, by its key (see <see cref="KnownTypes.Key"/>); null when it is none of those listed.</summary>
    internal static NameKind? Of(string key) => ByType.TryGetValue(key, out var kind) ? kind : null;

    /// <summary>Whether the words of something that is not known say who: a type of tomorrow, a taxonomy.</summary>
    internal static bool SaysWho(string key) => Saying.Any(word => key.Contains(word, StringComparison.Ordinal));

    /// <summary>Whom whatever stands in this category names, be its type what it may.</summary>
    internal static NameKind? OfCategory(string? category) => Find(ByCategory, category);

    /// <summary>Whom whatever stands in an object of this name names.</summary>
    internal static NameKind? OfObject(string? name) => Find(ByObject, name);

    private static NameKind? Find(Dictionary<string, NameKind> kinds, string? written) =>
        written is not null && kinds.TryGetValue(KnownTypes.Key(written), out var kind) ? kind : null;
}
