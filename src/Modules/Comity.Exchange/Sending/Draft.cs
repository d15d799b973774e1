using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Sending;

/// <summary>A message that is ready to be accepted, but for what the conversation decides: chain, reference, record.</summary>
internal sealed record Draft
{
    /// <summary>The id that its client gave it, so that asking again sends nothing more; null where it gave none.</summary>
    public MessageId? Id { get; init; }

    public required OfficeName From { get; init; }

    public required IReadOnlyList<OfficeName> To { get; init; }

    public IReadOnlyList<OfficeName> Cc { get; init; } = [];

    public required MessageKind Kind { get; init; }

    /// <summary>By row, or by the id that all sides share; null opens one.</summary>
    public Guid? Conversation { get; init; }

    /// <summary>By row, or by the id that all sides share.</summary>
    public Guid? InReplyTo { get; init; }

    public required string Language { get; init; }

    public required Tlp Tlp { get; init; }

    public Pap? Pap { get; init; }

    public string? Handling { get; init; }

    /// <summary>Null takes what the conversation has.</summary>
    public bool? Exercise { get; init; }

    public DateTime? ReplyBy { get; init; }

    public Severity? Severity { get; init; }

    public TemplateReference? Template { get; init; }

    public required MessageFields Fields { get; init; }

    public IReadOnlyList<DraftAttachment> Attachments { get; init; } = [];

    /// <summary>Refused where our office has already said this kind about the same message, or about the whole conversation.</summary>
    public bool Once { get; init; }

    /// <summary>How many rows of a bundle stand in the fields.</summary>
    public int IndicatorRows { get; init; }

    public IReadOnlyList<AttachmentSource> Sources =>
        [.. Attachments.Select(a => new AttachmentSource(a.ToReference(), a.Read))];
}

/// <summary>A file that travels along.</summary>
internal sealed record DraftAttachment(string Name, string MediaType, ReadOnlyMemory<byte> Octets)
{
    public AttachmentReference ToReference() => new(Name, MediaType, Octets.Length, Digest.Of(Octets.Span));

    public Stream Read() => new MemoryStream(Octets.ToArray(), writable: false);
}
