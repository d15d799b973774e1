using Comity.Directory.Finding;
using Comity.Directory.Following;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Protocol;

namespace Comity.Directory;

/// <summary>What others may have the directory do.</summary>
public sealed class DirectoryCommands
{
    private static readonly Viewer Hearer = Viewer.System("directory.hear");

    private readonly Roll _roll;
    private readonly WriteGate _gate;
    private readonly LookLimit _limit;
    private readonly TimeProvider _clock;

    internal DirectoryCommands(Roll roll, WriteGate gate, LookLimit limit, TimeProvider clock)
    {
        _roll = roll;
        _gate = gate;
        _limit = limit;
        _clock = clock;
    }

    /// <summary>
    /// Somebody says that a participant has a newer entry. Where the one in use is not that new, its node is asked soon:
    /// the one that the entry in use names, and no other; as often as is fit; and what it gives is judged by the rules for
    /// every entry. Nobody comes in whom no directory lists.
    /// </summary>
    public async Task LookAnewAsync(ParticipantCode participant, long sequence, CancellationToken ct)
    {
        var known = (await _roll.ReadAsync(ct)).Find(participant);
        if (known is not { Home: false } || known.Entry.Source.Value.Sequence >= sequence)
            return;
        await _gate.WriteAsync(
            Hearer,
            (db, token) =>
                db.EnqueueAsync(LookAtNode.WorkKind, participant.Value, _limit.From(participant), _clock, token),
            ct
        );
    }
}
