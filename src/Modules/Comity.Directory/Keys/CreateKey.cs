using Comity.Directory.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;

namespace Comity.Directory.Keys;

/// <summary>Makes a new key in the place of an old one, which is kept for what was sealed to it.</summary>
/// <param name="ParticipantKey">The participant key, armoured, from its offline medium; used in memory only.</param>
/// <param name="Passphrase">Of that key.</param>
/// <param name="Office">The office whose key it is; null for another purpose.</param>
/// <param name="Purpose"><c>office</c> (where nothing is said), <c>entry</c> or <c>node</c>.</param>
/// <param name="Compromised">Whether somebody may hold the key before: an entry key is then revoked for all time, a node key loses its grant.</param>
internal sealed record CreateKey(
    string ParticipantKey,
    string Passphrase,
    string? Office = null,
    string? Purpose = null,
    bool Compromised = false
);

/// <param name="Office">The office, or the participant, or the node.</param>
/// <param name="Fingerprint">Of the new key.</param>
/// <param name="Sequence">Sequence of the entry that names it.</param>
/// <param name="Expires">UTC.</param>
internal sealed record CreatedKey(string Office, string Fingerprint, long Sequence, DateTime? Expires);

internal sealed class CreateKeyHandler(ParticipantKeys participants, NewKeys making)
{
    public async Task<Outcome<CreatedKey>> HandleAsync(CreateKey request, Viewer viewer, CancellationToken ct)
    {
        var opened = await participants.OpenAsync(request.ParticipantKey, request.Passphrase, ct);
        if (opened.Problem is { } problem)
            return problem;
        var (home, participant) = opened.Value;
        using (participant)
        {
            var made = request.Purpose switch
            {
                "entry" => making.Entry(home, participant, request.Compromised),
                "node" => making.Node(request.Compromised),
                _ => making.Office(home, participant, request.Office),
            };
            if (made.Problem is { } refused)
                return refused;
            using var renewed = made.Value.Renewed;
            return await StoreAsync(viewer, home, renewed ?? participant, made.Value, request.Compromised, ct);
        }
    }

    private async Task<Outcome<CreatedKey>> StoreAsync(
        Viewer viewer,
        HomeParticipant home,
        SecretKey participant,
        NewKey made,
        bool compromised,
        CancellationToken ct
    )
    {
        var held = made.Held;
        var outcome = await participants.ChangeAsync(
            viewer,
            home,
            participant,
            made.Change,
            (db, token) => participants.UseAsync(db, held, token, compromised),
            ct
        );
        return outcome.Then(entry => new CreatedKey(
            held.Subject,
            held.Fingerprint,
            entry.Source.Value.Sequence,
            held.Expires
        ));
    }
}
