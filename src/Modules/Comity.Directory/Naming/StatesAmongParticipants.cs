using Comity.Protocol;
using Comity.States;

namespace Comity.Directory.Naming;

/// <summary>Which participants of the directory are which States, as far as their own entries say so.</summary>
internal static class StatesAmongParticipants
{
    /// <summary>
    /// A code alone says nothing: a directory gives codes as it likes, and a regional organisation may have one that the
    /// standard gives to a State. So the entry, which its participant signed, has to name the State as well.
    /// </summary>
    public static IReadOnlyDictionary<State, ParticipantCode> Of(IEnumerable<ParticipantCard> participants)
    {
        var found = new Dictionary<State, ParticipantCode>();
        foreach (var card in participants)
            if (ListOfStates.Find(card.Code.Value) is { } state && card.Names.Values.Any(state.IsCalled))
                found.TryAdd(state, card.Code);
        return found;
    }
}
