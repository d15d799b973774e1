namespace Comity.Post.HttpSignatures;

/// <summary>
/// Gives a body as long as it needs on a slow line and no longer: whoever announces much and sends little holds a place
/// that others need.
/// </summary>
internal static class TimedBody
{
    private const int SlowestLinePerSecond = 32 * 1024;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    public static async ValueTask<BodyReading> ReadAsync(
        Stream body,
        ContentClaim claim,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(PatienceFor(claim.Length), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await CheckedBody.ReadAsync(body, claim, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, RequestRefusal.BodyTooSlow);
        }
    }

    /// <summary>As long as the sender of a body of this length waits itself.</summary>
    public static TimeSpan PatienceFor(long length) => Least + TimeSpan.FromSeconds(length / SlowestLinePerSecond);
}
