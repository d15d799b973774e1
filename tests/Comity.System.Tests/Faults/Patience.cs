namespace Comity.System.Tests.Faults;

/// <summary>Waiting for one thing, and not for ever.</summary>
internal static class Patience
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <param name="what">What a test says that waited in vain.</param>
    /// <param name="isSo">Whether it has come.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Longest, $"waited in vain until {what}");
            await Task.Delay(Between, ct);
        }
    }
}
