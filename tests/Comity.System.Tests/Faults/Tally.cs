using System.Globalization;
using System.Text;

namespace Comity.System.Tests.Faults;

/// <summary>
/// Compares in full what each side was told, what its node shows, and what the other node has. Counts by direction, and
/// says of each count which messages it means.
/// </summary>
internal sealed class Tally
{
    private readonly List<Column> _columns = [];
    private readonly List<string> _faults = [];

    /// <summary>What is not as it must be, a line each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What went from one side to the other.</summary>
    public Tally Add(string direction, Ledger told, Books from, Books to)
    {
        var (sent, received) = (from.Sent, to.Received);
        var lost = told
            .Accepted.Where(a => !sent.Contains(a.Value))
            .Select(a => $"{direction}: {a.Key} was accepted as {a.Value} and its sender has it no more")
            .Concat(from.Messages.Where(m => m.Sent && !Arrived(m)).Select(m => $"{direction}: {m.Mark} ({m.Id}) lost"))
            .ToList();
        var doubled = Twice(direction, from.Messages.Where(m => m.Sent), "sent")
            .Concat(Twice(direction, to.Messages.Where(m => !m.Sent), "delivered"))
            .Concat(
                to.Messages.Where(m => !m.Sent && !sent.Contains(m.Id))
                    .Select(m => $"{direction}: {m.Mark} ({m.Id}) came from nobody")
            )
            .ToList();
        var wrong = MarkCheck.AtTheEnd(direction, from, to).ToList();
        _columns.Add(
            new(
                direction,
                told.Asked.Count,
                told.Accepted.Count,
                sent.Count - told.Accepted.Values.Count(sent.Contains),
                sent.Count(s => s.Count() == 1 && Arrived(s.First()) && received[s.Key].Count() == 1),
                lost.Count,
                doubled.Count,
                wrong.Count
            )
        );
        _faults.AddRange([.. lost, .. doubled, .. wrong]);
        return this;

        bool Arrived(Entered m) =>
            received[m.Id].Any(r => r.Digest == m.Digest && r.Attachments == m.Attachments && r.Mark == m.Mark);
    }

    /// <summary>What a side shows of itself that must not be: gaps and forks in its chains.</summary>
    public Tally Heed(IEnumerable<string> faults)
    {
        _faults.AddRange(faults);
        return this;
    }

    /// <summary>What was seen while it went on: marks that said more than was there.</summary>
    public Tally HeedMarks(IReadOnlyCollection<string> wrong)
    {
        _columns.Add(new("meanwhile", 0, 0, 0, 0, 0, 0, wrong.Count));
        _faults.AddRange(wrong);
        return this;
    }

    public string Table()
    {
        var text = new StringBuilder();
        text.AppendLine(Row("", c => c.Direction));
        text.AppendLine(Row("asked for", c => Number(c.Asked)));
        text.AppendLine(Row("accepted", c => Number(c.Accepted)));
        text.AppendLine(Row("unanswered, and sent", c => Number(c.Unanswered)));
        text.AppendLine(Row("delivered once", c => Number(c.Once)));
        text.AppendLine(Row("lost", c => Number(c.Lost)));
        text.AppendLine(Row("doubled", c => Number(c.Doubled)));
        text.Append(Row("wrongly marked", c => Number(c.Wrong)));
        return text.ToString();
    }

    private string Row(string name, Func<Column, string> value) =>
        $"{name, -22}{string.Concat(_columns.Select(c => value(c).PadLeft(12)))}";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    // Under one id, or with one mark and several ids: whoever pressed once is heard twice.
    private static IEnumerable<string> Twice(string direction, IEnumerable<Entered> messages, string how)
    {
        var all = messages.ToList();
        return all.GroupBy(m => m.Id, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"{direction}: {g.Key} was {how} {g.Count()} times")
            .Concat(
                all.Where(m => m.Mark.Length > 0)
                    .GroupBy(m => m.Mark, StringComparer.Ordinal)
                    .Where(g => g.Select(m => m.Id).Distinct(StringComparer.Ordinal).Skip(1).Any())
                    .Select(g => $"{direction}: {g.Key} was {how} under {g.Count()} ids")
            );
    }

    private sealed record Column(
        string Direction,
        int Asked,
        int Accepted,
        int Unanswered,
        int Once,
        int Lost,
        int Doubled,
        int Wrong
    );
}
