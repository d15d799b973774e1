using System.Globalization;
using Comity.Eng;

namespace Comity.App.Tests.Architecture;

public sealed class TraceTests
{
    private static readonly IReadOnlyList<TraceRow> Rows = TraceTable.Read(
        File.ReadAllText(House.Repository.At("docs", "trace.md"))
    );

    [Fact]
    public void Every_system_that_the_report_asks_for_keeps_its_row() =>
        Assert.Equal(
            Enumerable.Range(1, 29).Select(n => string.Create(CultureInfo.InvariantCulture, $"S{n}")),
            Rows.Select(r => r.Id)
        );

    [Fact]
    public void Every_row_has_its_source_its_room_and_a_known_state() =>
        House.HasNone(
            from row in Rows
            where
                row.Source.Length == 0
                || row.Room.Length == 0
                || !TraceTable.States.Contains(row.State, StringComparer.Ordinal)
            select $"{row.Id}: source \"{row.Source}\", room \"{row.Room}\", state \"{row.State}\""
        );

    [Fact]
    public void A_row_that_works_names_its_tests_and_a_planned_one_claims_none() =>
        House.HasNone(
            from row in Rows
            where (row.State == "planned") == (row.Tests.Count > 0)
            select $"{row.Id} is \"{row.State}\" and names {row.Tests.Count} tests"
        );

    [Fact]
    public void A_named_test_that_did_not_run_breaks_the_promise()
    {
        var rows = TraceTable.Read(
            "| S1 | a | A47 | Directory | partly | `N.C.Ran` `N.C.Left_out` `N.C.Absent` `N.C.Excused` |"
        );
        TestOutcome[] run =
        [
            Of("N.C.Ran", Verdict.Passed),
            Of("N.C.Left_out", Verdict.Skipped),
            Of("N.C.Excused", Verdict.Skipped),
        ];

        var broken = TraceTable.Broken(
            rows,
            run.ToLookup(o => o.Method, StringComparer.Ordinal),
            o => o.Method == "N.C.Excused"
        );

        Assert.Equal(
            ["docs/trace.md, S1: N.C.Left_out was skipped (why)", "docs/trace.md, S1: N.C.Absent was not in the run"],
            broken
        );
    }

    [Fact]
    public void A_row_with_a_missing_column_is_refused() =>
        Assert.Throws<FormatException>(() => TraceTable.Read("| S1 | a | A47 | Directory | partly |"));

    private static TestOutcome Of(string method, Verdict result) => new(method, method, result, TimeSpan.Zero, "why");
}
