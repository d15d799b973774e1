using System.Globalization;
using System.Security.Cryptography;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>An input on which a reader did what it must not.</summary>
internal sealed record Finding(string Target, ulong Seed, long Case, string What, byte[] Input)
{
    /// <summary>The same fault is told once, whatever number of inputs shows it.</summary>
    public string Kind => What.Split('\n') is [var first, .. var rest] ? first + rest.FirstOrDefault() : What;

    public string Save(string folder)
    {
        global::System.IO.Directory.CreateDirectory(folder);
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(Input))[..16]}.bin";
        File.WriteAllBytes(Path.Combine(folder, name), Input);
        return Path.Combine(folder, name);
    }

    public string Describe(string savedAs) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Target}, seed {Seed}, case {Case}: {What}\n  {Input.Length} octets, saved as {savedAs}\n  base64 {Convert.ToBase64String(Input)}"
        );
}
