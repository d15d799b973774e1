using System.Text;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>A reader of foreign octets, and what the fuzzer needs to know of it.</summary>
internal abstract class Target
{
    /// <summary>Of the folder of its corpus and of its findings.</summary>
    public abstract string Name { get; }

    /// <summary>In how many ways an input is used; the first octet ('0', '1', …) says which. 0: there is one way, and no such octet.</summary>
    public virtual int Modes => 0;

    /// <summary>How often each way is taken: the digits are drawn from. A way that costs signatures is taken less often.</summary>
    public virtual string Shares => "";

    /// <summary>Inputs are cut here. Bounds that lie beyond have named tests.</summary>
    public virtual int Longest => 16 << 10;

    /// <summary>Good inputs, written by the product's own writers, so that they follow the formats.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>Words that mean something to the reader.</summary>
    public abstract string Tokens { get; }

    /// <summary>What one case may allocate: so much whatever comes, and so many times the length of the input.</summary>
    public abstract (long Base, long PerOctet) Allowance { get; }

    /// <summary>
    /// Puts around an input what it needs to be reached (a seal, a signature); not measured. The reading that is given
    /// back says its outcome in a word or two, and throws <see cref="BrokenPromiseException"/> where there is none or
    /// where something is taken for true that nobody said.
    /// </summary>
    public abstract Func<string> Prepare(byte[] input);

    public IReadOnlyList<byte[]> TokenOctets() =>
        [
            .. Tokens
                .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
                .Select(Encoding.UTF8.GetBytes),
        ];

    protected static byte[] InMode(char mode, ReadOnlySpan<byte> payload) => [(byte)mode, .. payload];

    protected static (char Mode, byte[] Payload) Split(byte[] input) =>
        input.Length == 0 ? ('0', []) : ((char)input[0], input[1..]);
}

/// <summary>A reader gave neither a value nor a refusal, or took for true what nobody signed.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise);
