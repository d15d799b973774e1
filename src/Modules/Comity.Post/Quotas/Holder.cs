namespace Comity.Post.Quotas;

/// <summary>
/// Whose allowance a request uses: that of the participants who share its node key. A participant may list several keys;
/// what it may send does not grow with them. Who lists a foreign key beside its own gains nothing: the set is another.
/// </summary>
/// <param name="Participants">Their codes in order, separated by blanks; empty stands for all strangers together.</param>
internal readonly record struct Holder(string Participants)
{
    public static Holder Stranger { get; } = new("");

    public static Holder Of(Peer peer) => new(string.Join(' ', peer.Participants.Order()));
}
