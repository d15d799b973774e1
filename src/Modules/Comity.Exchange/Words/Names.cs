using Comity.Accounts;
using Comity.Directory;
using Comity.Exchange.Reading;
using Comity.Protocol;
using Comity.Ui.Languages;

namespace Comity.Exchange.Words;

/// <summary>Offices and people in the reader's words: "Technical office, State QM". Read once for a page.</summary>
internal sealed class Names(DirectoryQueries directory, AccountsQueries accounts, Texts texts)
{
    private readonly Dictionary<string, ParticipantCard> _participants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OfficeCard> _offices = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> _people = [];

    /// <summary>Reads what the directory says.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        foreach (var participant in await directory.ParticipantsAsync(ct))
        {
            _participants[participant.Code.Value] = participant;
            foreach (var office in participant.Offices)
                _offices[office.Office.Value] = office;
        }
    }

    /// <summary>Reads as well who of our people acted in a conversation.</summary>
    public async Task ReadAsync(ConversationView conversation, CancellationToken ct)
    {
        await ReadAsync(ct);
        foreach (var id in conversation.Messages.Select(m => m.By).OfType<Guid>().Distinct())
            if (await accounts.PersonAsync(id, ct) is { } person)
                _people[id] = person.Name;
    }

    /// <summary>An office as its entry has it; null where no entry is known here.</summary>
    public OfficeCard? Card(string office) => _offices.GetValueOrDefault(office);

    /// <summary>"Technical office, State QM", where only plain words fit; else <see cref="Kind"/> and <see cref="Given"/>.</summary>
    public string Office(string office) =>
        texts.T(
            "{office}, {participant}",
            ("office", Kind(office)),
            ("participant", Given(office)?.Text ?? Code(office))
        );

    /// <summary>The name of the participant whose office it is; null where no entry is known here.</summary>
    public GivenName? Given(string office) =>
        _participants.GetValueOrDefault(Code(office))?.Names is { } names ? GivenName.Of(names, texts.Language) : null;

    /// <summary>"Signed by the technical office of QM, key checked."</summary>
    public string Signed(string office)
    {
        var participant = ("participant", (object?)Code(office));
        return KindOf(office) switch
        {
            "technical" => texts.T("Signed by the technical office of {participant}, key checked.", participant),
            "policy" => texts.T("Signed by the policy office of {participant}, key checked.", participant),
            "diplomatic" => texts.T("Signed by the diplomatic office of {participant}, key checked.", participant),
            _ => texts.T("Signed by {office}, key checked.", ("office", office)),
        };
    }

    /// <summary>A person of our own side; null where nobody of them acted, or is not to be seen.</summary>
    public string? Person(Guid? id) => id is { } known ? _people.GetValueOrDefault(known) : null;

    /// <summary>The other offices of the same participant.</summary>
    public IReadOnlyList<string> Neighbours(string office) =>
        [
            .. (_participants.GetValueOrDefault(Code(office))?.Offices ?? [])
                .Select(o => o.Office.Value)
                .Where(o => o != office),
        ];

    private static string Code(string office) => office.Split('/')[0];

    private string KindOf(string office) => _offices.GetValueOrDefault(office)?.Kind ?? office.Split('/')[^1];

    /// <summary>"Technical office".</summary>
    public string Kind(string office) =>
        KindOf(office) switch
        {
            "technical" => texts.T("Technical office"),
            "policy" => texts.T("Policy office"),
            "diplomatic" => texts.T("Diplomatic office"),
            "legal" => texts.T("Legal office"),
            var other => other,
        };
}
