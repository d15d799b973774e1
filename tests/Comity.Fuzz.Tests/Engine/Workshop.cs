namespace Comity.Fuzz.Tests.Engine;

/// <summary>Where inputs are kept: the small corpus in the repository, what a run grows among the artifacts.</summary>
internal static class Workshop
{
    private const string GrownName = "grown.bin";
    private const int MostKept = 24_000;
    private static readonly string Root = Find();

    public static string Keys => Path.Combine(Root, "tests", "Comity.Fuzz.Tests", "Targets", "keys.json");

    public static string Artifacts(string target) => Path.Combine(Root, "artifacts", "fuzz", target);

    /// <summary>What is kept in the repository for a target.</summary>
    public static IReadOnlyList<byte[]> Kept(string target) =>
        Unpack(Path.Combine(Root, "tests", "Comity.Fuzz.Tests", "Corpus", $"{target}.bin"));

    /// <summary>What earlier runs on this machine have grown.</summary>
    public static IReadOnlyList<byte[]> Grown(string target) => Unpack(Path.Combine(Artifacts(target), GrownName));

    /// <summary>Replaces what earlier runs have grown, and makes of the shortest what may be kept in the repository.</summary>
    public static void Keep(string target, IReadOnlyList<byte[]> inputs)
    {
        Pack(Path.Combine(Artifacts(target), GrownName), inputs);
        var left = MostKept;
        Pack(
            Path.Combine(Artifacts(target), "to-keep.bin"),
            inputs.OrderBy(input => input.Length).TakeWhile(input => (left -= input.Length + sizeof(int)) >= 0)
        );
    }

    /// <summary>One input after the other, each after its length in four octets, little-endian.</summary>
    private static void Pack(string file, IEnumerable<byte[]> inputs)
    {
        using var packed = File.Create(file);
        foreach (var input in inputs)
        {
            packed.Write(BitConverter.GetBytes(input.Length));
            packed.Write(input);
        }
    }

    private static List<byte[]> Unpack(string file)
    {
        var inputs = new List<byte[]>();
        var packed = File.Exists(file) ? File.ReadAllBytes(file) : [];
        for (var at = 0; at < packed.Length; )
        {
            var length = BitConverter.ToInt32(packed, at);
            inputs.Add(packed[(at + sizeof(int))..(at + sizeof(int) + length)]);
            at += sizeof(int) + length;
        }

        return inputs;
    }

    /// <summary>What each run did, one after the other.</summary>
    public static void Report(string summary) =>
        File.AppendAllText(Path.Combine(Root, "artifacts", "fuzz", "runs.txt"), summary + "\n");

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("COMITY_REPOSITORY") is { Length: > 0 } given)
            return given;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Comity.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
