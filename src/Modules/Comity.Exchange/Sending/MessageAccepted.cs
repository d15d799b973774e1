namespace Comity.Exchange.Sending;

/// <summary>Accepted: committed here.</summary>
internal sealed record MessageAccepted
{
    /// <summary>The id that all sides share.</summary>
    public required string Id { get; init; }

    public required Guid Row { get; init; }

    public required string Conversation { get; init; }

    public required string Digest { get; init; }

    public required DateTime AcceptedAt { get; init; }

    /// <summary>To whom, who holds the key there, and how it stands now.</summary>
    public required IReadOnlyList<RecipientNow> Recipients { get; init; }

    /// <summary>Rows that the bundle gave; <see cref="IndicatorsInMessage"/> of them stand in the message itself.</summary>
    public int Indicators { get; init; }

    public int IndicatorsInMessage { get; init; }

    public IReadOnlyList<NotUnderstoodLine> NotUnderstood { get; init; } = [];

    public IReadOnlyList<NameLine> NamesLeftOut { get; init; } = [];

    /// <summary>Names inside technical values, which are never changed.</summary>
    public IReadOnlyList<NameLine> NamesInValues { get; init; } = [];
}

/// <summary>How a recipient stands at the moment of sending.</summary>
internal sealed record RecipientNow(string Office, string Custody, string KeyStanding)
{
    /// <summary>Why it waits here and is not sealed now, in English; null where it is sealed at once.</summary>
    public string? Waits { get; init; }
}
