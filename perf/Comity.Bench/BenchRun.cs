namespace Comity.Bench;

/// <summary>A benchmark cannot go on; the message says why and what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);

/// <summary>What was asked for, and the folder in which it happens; what is in it goes with it.</summary>
internal sealed class BenchRun : IDisposable
{
    public BenchRun(string? parent)
    {
        var name =
            "comity-bench-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
        Folder = Directory.CreateDirectory(Path.Combine(parent ?? Path.GetTempPath(), name)).FullName;
    }

    public string Folder { get; }

    public bool Quick { get; init; }

    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>Length of the text of a message.</summary>
    public int Octets { get; init; }

    /// <summary>Whether what one would use today is measured beside it.</summary>
    public bool WithMail { get; init; }

    public IReadOnlyList<int> SizesOr(params int[] usual) => Sizes ?? (Quick ? [usual[0]] : usual);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
