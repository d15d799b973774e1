namespace Comity.Exchange.Receiving;

/// <summary>Codes as the log writes them.</summary>
internal static class Spelling
{
    /// <summary><c>IntegrityBroken</c> as <c>integrity-broken</c>.</summary>
    public static string Hyphens(string member) =>
        string.Concat(
            member.Select(
                (c, i) => char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()
            )
        );
}
