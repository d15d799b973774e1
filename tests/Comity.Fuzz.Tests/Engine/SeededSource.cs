using System.Text;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>
/// Numbers that look random and are the same for the same seed on every machine (the SplitMix64 sequence). Not for
/// secrets: a finding must be had again from its seed.
/// </summary>
internal sealed class SeededSource(ulong seed)
{
    private ulong state = seed;

    /// <summary>A source of its own for a name, so that one target does not change what another one does.</summary>
    public static SeededSource For(ulong seed, string name) =>
        new(
            Encoding
                .UTF8.GetBytes(name)
                .Aggregate(seed ^ 0xCBF29CE484222325, (hash, octet) => (hash ^ octet) * 0x100000001B3)
        );

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 up to, not including, the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)Math.Max(bound, 1));

    public bool OneIn(int many) => Below(many) == 0;

    public byte Octet() => (byte)Next();

    public T Pick<T>(IReadOnlyList<T> among) => among[Below(among.Count)];

    /// <summary>Mostly small, sometimes up to the bound.</summary>
    public int Skewed(int bound) => Below(Below(Math.Max(bound, 1)) + 1);
}
