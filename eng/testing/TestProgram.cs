using System.Text.Json;

namespace Comity.Eng;

/// <summary>Runs one test executable and reads what xunit's JSON reporter says while it runs.</summary>
internal sealed class TestProgram(string executable, Progress progress)
{
    private readonly Dictionary<string, string> methodOfCase = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Method, string Name)> running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> placeOf = new(StringComparer.Ordinal);
    private readonly List<string> stray = [];
    private readonly List<TestOutcome> outcomes = [];
    private bool finished;

    public IReadOnlyList<TestOutcome> Outcomes => outcomes;

    public async Task RunAsync(Shell shell, IEnumerable<string> arguments, CancellationToken stop)
    {
        var code = -1;
        var ended = File.Exists(executable) ? "" : "it has not been built";
        try
        {
            code = await shell
                .EachLine(Read)
                .Until(stop)
                .RunAsync(executable, ["-reporter", "json", "-noColor", "-noAutoReporters", .. arguments]);
        }
        catch (OperationCanceledException)
        {
            ended = "it was stopped before its end";
        }

        if (!finished && ended.Length == 0)
        {
            ended = $"the program ended with {code} before its report was complete";
        }

        if (ended.Length > 0)
        {
            var open =
                running.Count == 0
                    ? ""
                    : $"\nRunning at the time: {string.Join(", ", running.Values.Select(r => r.Name))}";
            Add(
                new TestOutcome(
                    executable,
                    Path.GetFileName(executable),
                    Verdict.Failed,
                    default,
                    $"{ended}{open}\n{Tail()}"
                )
            );
        }
    }

    private void Read(string line)
    {
        if (!line.StartsWith("{\"$type\":", StringComparison.Ordinal))
        {
            stray.Add(line);
            return;
        }

        try
        {
            using var message = JsonDocument.Parse(line);
            Take(message.RootElement);
        }
        catch (JsonException)
        {
            stray.Add(line);
        }
    }

    private void Take(JsonElement message)
    {
        switch (Text(message, "$type"))
        {
            case "test-case-starting":
                methodOfCase[Text(message, "TestCaseUniqueID")] =
                    $"{Text(message, "TestClassName")}.{Text(message, "TestMethodName")}";
                break;
            case "test-starting":
                var method = methodOfCase.GetValueOrDefault(
                    Text(message, "TestCaseUniqueID"),
                    Text(message, "TestDisplayName")
                );
                running[Text(message, "TestUniqueID")] = (method, Text(message, "TestDisplayName"));
                Show();
                break;
            case "test-passed":
                Finish(message, Verdict.Passed, "");
                break;
            case "test-skipped":
                Finish(message, Verdict.Skipped, Text(message, "Reason"));
                break;
            case "test-failed":
                Finish(message, Verdict.Failed, Fault(message));
                break;
            case "test-finished":
                Told(message);
                break;
            case "test-assembly-finished":
                finished = true;
                break;
            case var type when type.EndsWith("cleanup-failure", StringComparison.Ordinal) || type == "error-message":
                Add(new TestOutcome(executable, type, Verdict.Failed, default, Fault(message)));
                break;
        }
    }

    private void Finish(JsonElement message, Verdict result, string words)
    {
        if (running.Remove(Text(message, "TestUniqueID"), out var test))
        {
            var took = TimeSpan.FromSeconds(
                message.TryGetProperty("ExecutionTime", out var time) ? time.GetDouble() : 0
            );
            placeOf[Text(message, "TestUniqueID")] = outcomes.Count;
            Add(new TestOutcome(test.Method, test.Name, result, took, words));
            Show();
        }
    }

    // Texts are marked as such by two letters.
    private void Told(JsonElement message)
    {
        if (
            message.TryGetProperty("Attachments", out var attached)
            && Text(attached, "told") is ['s', ':', .. var told]
            && placeOf.TryGetValue(Text(message, "TestUniqueID"), out var place)
        )
        {
            outcomes[place] = outcomes[place] with { Told = told };
        }
    }

    private void Add(TestOutcome outcome)
    {
        outcomes.Add(outcome);
        if (outcome.Result == Verdict.Failed)
        {
            Progress.Say($"\n  FAILED  {outcome.Name}\n{Indent(outcome.Message)}\n");
        }
    }

    private void Show()
    {
        var failed = outcomes.Count(o => o.Result == Verdict.Failed);
        var now = running.Count == 0 ? "" : $", now {running.Values.Last().Name.Split('.')[^1]}";
        progress.Detail($"{outcomes.Count} done{(failed == 0 ? "" : $", {failed} FAILED")}{now}");
    }

    private string Tail() => string.Join('\n', stray.TakeLast(15));

    private static string Indent(string text) =>
        "          " + text.Trim().Replace("\n", "\n          ", StringComparison.Ordinal);

    private static string Fault(JsonElement message)
    {
        var words = string.Join('\n', Texts(message, "Messages"));
        // The frames inside the test framework and the runtime tell nobody anything.
        var frames = Texts(message, "StackTraces")
            .SelectMany(t => t.Split('\n'))
            .Where(f => f.Contains("Comity", StringComparison.Ordinal) || f.Contains(":line", StringComparison.Ordinal))
            .Where(f => !f.Contains("Xunit.", StringComparison.Ordinal))
            .Take(8);
        return $"{words}\n{string.Join('\n', frames)}";
    }

    private static IEnumerable<string> Texts(JsonElement message, string name) =>
        message.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(e => e.GetString() ?? "")
            : [];

    private static string Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
