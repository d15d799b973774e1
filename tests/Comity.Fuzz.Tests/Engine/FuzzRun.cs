using System.Diagnostics;
using System.Globalization;
using Comity.Fuzz.Tests.Instrumenting;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>One run of the fuzzer over one target: what brings new branches is kept and changed further.</summary>
internal sealed class FuzzRun
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(2);
    private const int MostKept = 6000;
    private const int Recent = 40;

    private readonly Target target;
    private readonly ulong seed;
    private readonly SeededSource source;
    private readonly Mutator mutator;
    private readonly byte[] known = new byte[Coverage.Size];
    private readonly List<byte[]> corpus = [];
    private readonly List<List<byte[]>> byMode = [];
    private readonly Dictionary<string, int> outcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Finding> findings = new(StringComparer.Ordinal);
    private readonly Stopwatch clock = new();
    private long cases;
    private long mostAllocated;

    public FuzzRun(Target target, ulong seed)
    {
        (this.target, this.seed) = (target, seed);
        source = SeededSource.For(seed, target.Name);
        mutator = new Mutator(target.TokenOctets(), target.Modes, target.Longest, source);
    }

    public IReadOnlyCollection<Finding> Findings => findings.Values;

    public IReadOnlyList<byte[]> Corpus => corpus;

    public IReadOnlyDictionary<string, int> Outcomes => outcomes;

    public int Branches => Coverage.Count(known);

    public string Folder => Workshop.Artifacts(target.Name);

    /// <summary>First the seeds and what is kept, as they are; then so many cases made of them, or as many as time allows.</summary>
    public void Run(IEnumerable<byte[]> kept, long most, TimeSpan limit, CancellationToken stop)
    {
        using var watch = new Watch(Folder);
        // Twice: what is made once, at first use, would otherwise count as found by the first input.
        byte[][] beginning = [.. target.Seeds(), .. kept];
        foreach (var input in beginning.Concat(beginning))
            Try(input, watch, count: false);
        Array.ForEach(beginning, Keep);
        clock.Start();
        while (cases < most && clock.Elapsed < limit && !stop.IsCancellationRequested && findings.Count < 5)
            Try(Next(), watch, count: true);
        clock.Stop();
    }

    public string Summary() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: seed {seed}, {cases} cases, {cases / Math.Max(clock.Elapsed.TotalSeconds, 0.001):0} a second, {Branches} transitions, {corpus.Count} inputs kept, at most {mostAllocated / 1024} KiB for one, {findings.Count} findings\n  {string.Join(", ", outcomes.OrderByDescending(o => o.Value).Select(o => $"{o.Key} {o.Value}"))}"
        );

    private byte[] Next() => source.OneIn(12) ? mutator.Generate() : mutator.Mutate(Choose(), source.Pick(corpus));

    /// <summary>Each way of using an input gets its share, however many inputs there are for it.</summary>
    private byte[] Choose()
    {
        var mode = target.Shares.Length > 0 ? source.Pick(target.Shares.ToCharArray()) : '\0';
        var some = byMode.Find(some => some[0].FirstOrDefault() == mode) ?? source.Pick(byMode);
        var one = source.OneIn(2) ? some[^(1 + source.Below(Math.Min(Recent, some.Count)))] : source.Pick(some);
        var other = source.Pick(some);
        // Of two the shorter, mostly: it is read faster, and a change of it is less likely to change nothing.
        return other.Length < one.Length && !source.OneIn(3) ? other : one;
    }

    private void Keep(byte[] input)
    {
        corpus.Add(input);
        var mode = target.Modes > 0 && input.Length > 0 ? input[0] : 0;
        if (byMode.Find(some => some[0].FirstOrDefault() == mode || target.Modes == 0) is { } some)
            some.Add(input);
        else
            byMode.Add([input]);
    }

    private void Try(byte[] input, Watch watch, bool count)
    {
        string? fault = null;
        var outcome = "fault";
        watch.Begin(input);
        var reading = Prepare(input, ref fault);
        Coverage.Reset();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begun = Stopwatch.GetTimestamp();
        try
        {
            outcome = reading();
        }
        catch (Exception thrown)
        {
            fault = Describe(thrown);
        }

        var took = Stopwatch.GetElapsedTime(begun);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        watch.End();
        mostAllocated = Math.Max(mostAllocated, allocated);
        fault ??= took > Hang ? $"took {took}" : null;
        fault ??=
            allocated > target.Allowance.Base + target.Allowance.PerOctet * input.Length ? "allocates too much" : null;
        if (fault is not null)
            Report(new Finding(target.Name, seed, cases, fault, input));
        var isNew = Coverage.Adds(known);
        if (!count)
            return;
        cases++;
        outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        if ((isNew || outcomes[outcome] == 1) && corpus.Count < MostKept)
            Keep(input);
    }

    /// <summary>What stands around an input is made by the product too; a fault there is one.</summary>
    private Func<string> Prepare(byte[] input, ref string? fault)
    {
        try
        {
            return target.Prepare(input);
        }
        catch (Exception thrown)
        {
            fault = Describe(thrown);
            return () => "fault";
        }
    }

    /// <summary>Type and place, not the words: a message may differ from input to input.</summary>
    private static string Describe(Exception thrown)
    {
        var frames = (thrown.StackTrace ?? "").Split('\n').Select(frame => frame.Trim());
        return string.Join("\n    ", [$"{thrown.GetType().Name}: {thrown.Message}", .. frames.Take(6)]);
    }

    private void Report(Finding finding)
    {
        if (findings.TryAdd(finding.Kind, finding))
            finding.Save(Path.Combine(Folder, "findings"));
    }
}
