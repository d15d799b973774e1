using Comity.Fuzz.Tests.Engine;

namespace Comity.Fuzz.Tests.Instrumenting;

/// <summary>Numbers for the branches of one assembly, scattered over the map, each once, the same in every build.</summary>
internal sealed class BranchNumbers(string assembly)
{
    private readonly SeededSource source = SeededSource.For(0, assembly);
    private readonly HashSet<int> given = [];

    public int Next()
    {
        int number;
        do number = source.Below(Coverage.Size);
        while (!given.Add(number));
        return number;
    }
}
