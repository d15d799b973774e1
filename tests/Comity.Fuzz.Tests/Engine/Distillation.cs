using Comity.Fuzz.Tests.Instrumenting;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>
/// Of many inputs the few that together reach every branch which all of them reach beyond the seeds, each cut down to
/// what it is there for.
/// </summary>
internal sealed class Distillation(Target target)
{
    private const int Finest = 32;

    private readonly byte[] known = new byte[Coverage.Size];

    public static List<byte[]> Of(Target target, IEnumerable<byte[]> inputs) => new Distillation(target).Distil(inputs);

    private List<byte[]> Distil(IEnumerable<byte[]> inputs)
    {
        foreach (var seed in target.Seeds())
            if (Runs(seed))
                Coverage.Adds(known);
        var kept = new List<byte[]>();
        foreach (var input in inputs.OrderBy(input => input.Length))
        {
            if (!Runs(input) || Coverage.New(known) is not { Count: > 0 } worth)
                continue;
            var shortest = Shorten(input, worth);
            Runs(shortest);
            Coverage.Adds(known);
            kept.Add(shortest);
        }

        return kept;
    }

    /// <summary>Takes out piece after piece, large ones first, as long as what is new about it stays.</summary>
    private byte[] Shorten(byte[] input, List<(int At, byte Times)> worth)
    {
        for (var parts = 2; parts <= Finest && input.Length > parts; parts *= 2)
        {
            var piece = Math.Max(1, input.Length / parts);
            for (var at = target.Modes > 0 ? 1 : 0; at < input.Length; )
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(at + piece, input.Length))];
                if (Runs(shorter) && Coverage.Did(worth))
                    input = shorter;
                else
                    at += piece;
            }
        }

        return input;
    }

    /// <summary>False for what throws: that is a finding, and kept as one.</summary>
    private bool Runs(byte[] input)
    {
        try
        {
            var reading = target.Prepare(input);
            Coverage.Reset();
            reading();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
