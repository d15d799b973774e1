using System.Globalization;

namespace Comity.Eng;

/// <summary>The end of a run: what was skipped and why, what took long, the table of lanes, and the line that machines read.</summary>
internal static class Report
{
    public static int Print(IReadOnlyList<LaneResult> lanes)
    {
        var all = lanes.SelectMany(l => l.Outcomes).ToList();
        Told(all);
        Skips(all);
        Slowest(all);
        Table(lanes);

        var failed = all.Count(o => o.Result == Verdict.Failed);
        var skipped = all.Count(o => o.Result == Verdict.Skipped);
        var passed = all.Count - failed - skipped;
        foreach (var fault in all.Where(o => o.Result == Verdict.Failed))
        {
            Progress.Say($"  failed: {fault.Name}");
        }

        var tail = skipped > 0 ? $", {skipped} skipped" : "";
        Progress.Say($"{passed} passed, {failed} failed{tail}");
        return failed > 0 || passed == 0 ? 1 : 0;
    }

    /// <summary>Every test with its result and time, for whoever looks for what got slower.</summary>
    public static async Task KeepAsync(IEnumerable<LaneResult> lanes, string file)
    {
        var lines =
            from lane in lanes
            from o in lane.Outcomes
            select string.Create(
                CultureInfo.InvariantCulture,
                $"{lane.Name}\t{o.Result}\t{o.Took.TotalSeconds:0.000}\t{o.Name.ReplaceLineEndings(" ")}"
            );
        await File.WriteAllLinesAsync(file, lines.Prepend("lane\tresult\tseconds\ttest"));
    }

    private static void Told(List<TestOutcome> all)
    {
        foreach (var test in all.Where(o => o.Told.Length > 0))
        {
            Progress.Say($"\n  {string.Join("\n  ", test.Told.ReplaceLineEndings("\n").Split('\n'))}");
        }
    }

    private static void Skips(List<TestOutcome> all)
    {
        foreach (
            var reason in all.Where(o => o.Result == Verdict.Skipped)
                .GroupBy(o => o.Message)
                .OrderByDescending(g => g.Count())
        )
        {
            Progress.Say($"  {reason.Count()} skipped: {reason.Key}");
        }
    }

    private static void Slowest(List<TestOutcome> all)
    {
        var slow = all.Where(o => o.Took > TimeSpan.FromSeconds(5)).OrderByDescending(o => o.Took).Take(5).ToList();
        foreach (var test in slow)
        {
            Progress.Say($"  {Progress.Clock(test.Took), 11}  {test.Name}");
        }
    }

    private static void Table(IReadOnlyList<LaneResult> lanes)
    {
        Progress.Say("");
        Progress.Say("  lane         passed   failed  skipped         time");
        foreach (var lane in lanes)
        {
            var over =
                lane.Budget is { } budget && lane.Took > budget ? $"  over its budget of {Progress.Clock(budget)}" : "";
            Progress.Say(
                $"  {lane.Name, -10} {Cell(lane, Verdict.Passed)} {Cell(lane, Verdict.Failed)} {Cell(lane, Verdict.Skipped)} "
                    + $"{Progress.Clock(lane.Took), 12}{over}"
            );
        }

        Progress.Say("");
    }

    private static string Cell(LaneResult lane, Verdict result) =>
        lane.Outcomes.Count == 0 ? "       –" : lane.Count(result).ToString(CultureInfo.InvariantCulture).PadLeft(8);
}
