namespace Comity.Directory.Finding;

/// <summary>Fingerprints as people compare them: in groups of four.</summary>
internal static class Fingerprints
{
    private const int Group = 4;

    public static string Grouped(string fingerprint) =>
        string.Join(' ', fingerprint.Chunk(Group).Select(group => new string(group)));
}
