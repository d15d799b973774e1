using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Comity.Fuzz.Tests.Instrumenting;

/// <summary>The map in which instrumented code counts how often each branch was taken after each other one.</summary>
internal static unsafe class Coverage
{
    public const int Size = 1 << 16;

    private static readonly byte* Map = (byte*)NativeMemory.AllocZeroed(Size);

    /// <summary>Where instrumented code counts; it would write into nothing before.</summary>
    public static void Connect() => Trace.SharedMem = Map;

    /// <summary>Before each case.</summary>
    public static void Reset()
    {
        new Span<byte>(Map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Adds what the last case did to what is known; true where a branch, or how often it is taken, was new.</summary>
    public static bool Adds(byte[] known)
    {
        var added = false;
        var words = new ReadOnlySpan<ulong>(Map, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
                continue;
            for (var at = word * sizeof(ulong); at < (word + 1) * sizeof(ulong); at++)
            {
                var times = TimesClass(Map[at]);
                added |= (known[at] | times) != known[at];
                known[at] |= times;
            }
        }

        return added;
    }

    /// <summary>What the last case did that is not known.</summary>
    public static List<(int At, byte Times)> New(byte[] known)
    {
        var found = new List<(int, byte)>();
        for (var at = 0; at < Size; at++)
            if ((TimesClass(Map[at]) & ~known[at]) is not 0 and var times)
                found.Add((at, (byte)times));
        return found;
    }

    /// <summary>Whether the last case did all of this.</summary>
    public static bool Did(List<(int At, byte Times)> all) =>
        all.TrueForAll(one => (TimesClass(Map[one.At]) & one.Times) == one.Times);

    /// <summary>How many transitions between branches are known.</summary>
    public static int Count(byte[] known) => known.Count(times => times != 0);

    /// <summary>Once, twice, three times, and then in steps: a loop that runs once more says nothing new.</summary>
    private static byte TimesClass(byte count) =>
        count switch
        {
            0 => 0,
            1 => 1,
            2 => 2,
            3 => 4,
            < 8 => 8,
            < 16 => 16,
            < 32 => 32,
            < 128 => 64,
            _ => 128,
        };
}
