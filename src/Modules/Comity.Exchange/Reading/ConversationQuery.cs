namespace Comity.Exchange.Reading;

/// <summary>Conversations and their messages, opened in memory for a viewer who may see them.</summary>
internal sealed class ConversationQuery
{
    /// <summary>The newest first.</summary>
    /// <param name="office">Of one office only, or of all that the viewer sees.</param>
    public Task<IReadOnlyList<ConversationLine>> ListAsync(string? office, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ConversationLine>>([]);

    /// <summary>By row or by shared id; null where there is none for this viewer.</summary>
    public Task<ConversationView?> FindAsync(Guid id, CancellationToken ct) => Task.FromResult<ConversationView?>(null);

    /// <summary>By row or by shared id; null where there is none for this viewer.</summary>
    public Task<MessageView?> MessageAsync(Guid id, CancellationToken ct) => Task.FromResult<MessageView?>(null);
}
