using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// A conversation as one of our offices has it. Both sides share its id and nothing else; where two offices of this
/// node take part, each has rows of its own.
/// </summary>
internal sealed class Conversation : ISeen, IVersioned
{
    /// <summary>One message names at most a thousand recipients; a conversation has its author besides.</summary>
    public const int MostParties = 1001;

    private Conversation() { }

    public Conversation(Guid id, int audienceId, OfficeName home, StorageKey key, Opening opening)
    {
        Id = id;
        AudienceId = audienceId;
        Home = home;
        StorageKeyId = key.Id;
        ConversationId = opening.Conversation;
        Opener = opening.Opener;
        OpenedBy = opening.BroughtBy;
        Exercise = opening.Exercise;
        Record = opening.Record;
        Opened = opening.At;
        Latest = opening.At;
    }

    public Guid Id { get; private set; }

    public int AudienceId { get; private set; }

    /// <summary>Our office whose rows these are.</summary>
    public OfficeName Home { get; private set; }

    /// <summary>The id that all sides share.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The office that opened it, as its id says; its own message that did may still be to come.</summary>
    public OfficeName Opener { get; private set; }

    /// <summary>Of whom the first message of it came here; whoever brings much is counted by it.</summary>
    public ParticipantCode OpenedBy { get; private set; }

    /// <summary>Fixed for the conversation.</summary>
    public bool Exercise { get; private set; }

    public RecordMode Record { get; private set; }

    /// <summary>When it was opened, by our clock.</summary>
    public DateTime Opened { get; private set; }

    /// <summary>When something last came or went, by our clock.</summary>
    public DateTime Latest { get; private set; }

    /// <summary>Everything of this conversation is sealed under this key; destroying it destroys the content.</summary>
    public Guid StorageKeyId { get; private set; }

    /// <summary>
    /// The offices that take part, separated by blanks: those that its opener or a message of ours named, and all who
    /// wrote. Whom only another one names is shown with its message, and is no party here.
    /// </summary>
    public string Parties { get; private set; } = "";

    public long Version { get; set; }

    public IReadOnlyList<OfficeName> PartyList =>
        [.. Parties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(OfficeName.Parse)];

    /// <summary>The others.</summary>
    public IReadOnlyList<OfficeName> Others => [.. PartyList.Where(p => p != Home)];

    /// <summary>Something came or went.</summary>
    public void Touch(DateTime at) => Latest = at > Latest ? at : Latest;

    /// <summary>Takes the offices of a message in as parties; false, and nothing changed, where they would be too many.</summary>
    public bool TryAdmit(Message message)
    {
        var named = message.From == Home || message.From == Opener ? message.Recipients : [];
        // In one order, in whatever order they came.
        var all = PartyList.Append(Home).Append(message.From).Concat(named).Distinct().Order().ToList();
        if (all.Count > MostParties)
            return false;
        Parties = string.Join(' ', all.Select(p => p.Value));
        return true;
    }

    /// <summary>What a conversation has from its first message on.</summary>
    public sealed record Opening(
        ConversationId Conversation,
        OfficeName Opener,
        ParticipantCode BroughtBy,
        bool Exercise,
        RecordMode Record,
        DateTime At
    );
}

internal sealed class ConversationMap : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> e)
    {
        e.ToTable("exchange_conversation");
        e.HasKey(c => c.Id);
        e.Property(c => c.Record).HasConversion<string>().HasMaxLength(20);
        e.Ignore(c => c.PartyList).Ignore(c => c.Others);
        e.HasIndex(c => new
            {
                c.ConversationId,
                c.Home,
                c.Opener,
            })
            .IsUnique();
        e.HasIndex(c => new { c.AudienceId, c.Latest });
        e.HasIndex(c => new { c.OpenedBy, c.Opened });
    }
}
