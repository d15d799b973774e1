using System.Text.Json.Nodes;
using Comity.Libraries.Tests.Protocol.Vectors;
using Comity.Protocol;
using Comity.Protocol.Messages;
using NJsonSchema;

namespace Comity.Libraries.Tests.Protocol.Messages;

/// <summary>
/// The published schema (<c>docs/schemas/message.v1.schema.json</c>) and the reader say the same: what the one takes, the
/// other takes, and each member, bound and word that the schema names is enforced by both.
/// </summary>
public sealed class MessageSchemaTests
{
    private static readonly string Text = File.ReadAllText(
        Path.Combine(Vector.Folder, "..", "..", "..", "docs", "schemas", "message.v1.schema.json")
    );

    private static readonly JsonNode Plain = JsonNode.Parse(Text)!;
    private static readonly JsonSchema Schema = JsonSchema
        .FromJsonAsync(Text, TestContext.Current.CancellationToken)
        .GetAwaiter()
        .GetResult();

    /// <summary>Not required of every object, but of these: a rule between members asks for them.</summary>
    private static readonly string[] NeededByOthers = ["cc", "inReplyTo", "previous", "opening"];

    /// <summary>What they may be depends on other members.</summary>
    private static readonly string[] BoundToOthers =
    [
        "kind",
        "form",
        "to",
        "cc",
        "chain",
        "sequence",
        "attachments",
        "relation",
    ];

    private static readonly Digest Before = Digest.Of("before"u8);

    private static readonly Message[] Messages =
    [
        World.Notification() with
        {
            Cc = [World.Qx.Office],
            Chain = [new(World.Qn.Office, 2, Before), new(World.Qx.Office, 1, null)],
            InReplyTo = new(MessageId.New(World.Now), Before),
            Attachments = [new("a.json", "application/json", 4, Before)],
        },
        World.Update("ينتهي\n中文"),
        World.Update() with
        {
            Kind = MessageKind.Closure,
        },
        World.Update() with
        {
            Kind = MessageKind.Withdrawal,
            InReplyTo = new(MessageId.New(World.Now), Before),
        },
        World.Acknowledge(World.Notification(), Before, World.Qn) with
        {
            Fields = new AcknowledgementFields(AcknowledgementForm.Acknowledged, World.Now, Text: "Seen."),
        },
        World.Acknowledge(World.Notification(), Before, World.Qn, AcknowledgementForm.NotTheRightOffice),
        World.ClarificationRequest(),
        World.Update() with
        {
            Kind = MessageKind.Clarification,
            InReplyTo = new(MessageId.New(World.Now), Before),
        },
        World.ConsultationRequest(),
        World.Update() with
        {
            Kind = MessageKind.GivenBack,
            InReplyTo = new(MessageId.New(World.Now), Before),
            Fields = new GivenBackFields("what they wrote"u8.ToArray(), "what they signed"u8.ToArray()),
        },
    ];

    [Fact]
    public void What_the_writer_writes_is_good_for_both() =>
        Assert.All(Messages, message => Judge(Json(message), good: true, message.Kind.Code()));

    [Fact]
    public void Every_kind_that_is_implemented_is_in_the_schema_and_no_other() =>
        Assert.Equal(
            Kinds.All.Where(rule => rule is { Implemented: true, Sealed: true }).Select(r => r.Kind.Code()).Order(),
            Plain["properties"]!["kind"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).Order()
        );

    [Fact]
    public void Every_member_of_the_schema_is_known_to_the_reader_with_its_type()
    {
        foreach (var (message, owner, name, rule) in Members())
        {
            JsonNode wrong = Resolve(rule)["type"]?.GetValue<string>() is "object" ? 7 : new JsonObject();
            Judge(
                Changed(message, owner, at => at[name] = wrong.DeepClone()),
                good: false,
                $"{owner}.{name} of a wrong type"
            );
        }
    }

    [Fact]
    public void What_the_schema_requires_the_reader_requires()
    {
        foreach (var (message, owner, name, _) in Members().Where(m => m.Required))
            Judge(Changed(message, owner, at => at.Remove(name)), good: false, $"{owner} without {name}");
    }

    [Fact]
    public void What_the_schema_does_not_require_the_reader_does_without()
    {
        foreach (var (message, owner, name, _) in Members().Where(m => !m.Required && !NeededByOthers.Contains(m.Name)))
            Judge(Changed(message, owner, at => at.Remove(name)), good: true, $"{owner} without {name}");
    }

    [Fact]
    public void Bounds_and_words_of_the_schema_are_those_of_the_reader()
    {
        foreach (var (message, owner, name, rule) in Members())
        foreach (var (broken, why) in Broken(Resolve(rule), At(Json(message), owner)[name]!))
            Judge(Changed(message, owner, at => at[name] = broken), good: false, $"{owner}.{name}: {why}");
    }

    [Fact]
    public void What_stands_at_a_bound_of_the_schema_is_good_for_the_reader()
    {
        foreach (var (message, owner, name, rule) in Members().Where(m => !BoundToOthers.Contains(m.Name)))
        foreach (var (edge, why) in AtTheEdge(Resolve(rule), At(Json(message), owner)[name]!))
            Judge(Changed(message, owner, at => at[name] = edge), good: true, $"{owner}.{name}: {why}");
    }

    [Fact]
    public void Every_member_of_the_schema_stands_in_a_sample()
    {
        var met = Members().Select(m => m.Name).Append("critical").ToHashSet(StringComparer.Ordinal);
        var owners = Plain["definitions"]!.AsObject().Select(d => d.Value!).Append(Plain);
        var named = owners.Where(o => o["properties"] is not null).SelectMany(o => o["properties"]!.AsObject());
        Assert.Superset(named.Select(n => n.Key).ToHashSet(StringComparer.Ordinal), met);
    }

    private static IEnumerable<(JsonNode Value, string Why)> AtTheEdge(JsonNode rule, JsonNode sample)
    {
        foreach (var word in rule["enum"]?.AsArray() ?? [])
            yield return (word!.DeepClone(), $"the word {word}");
        if (rule["maxLength"] is { } longest && rule["pattern"] is null)
            yield return (new string('a', longest.GetValue<int>()), "as long as may be");
        if (rule["maximum"] is { } most)
            yield return (most.DeepClone(), "as large as may be");
        if (rule["maxItems"] is { } items)
            yield return (Copies(sample, items.GetValue<int>()), "as many as may be");
    }

    private static JsonArray Copies(JsonNode sample, int count) =>
        new([.. Enumerable.Range(0, count).Select(_ => sample[0]!.DeepClone())]);

    // One step over each bound that the schema sets.
    private static IEnumerable<(JsonNode Value, string Why)> Broken(JsonNode rule, JsonNode sample)
    {
        if (rule["enum"] is not null)
            yield return ("no-such-word", "a word that is not in the list");
        if (rule["maxLength"] is { } longest)
            yield return (new string('a', longest.GetValue<int>() + 1), "too long");
        if (rule["minLength"] is not null || rule["pattern"] is not null)
            yield return ("", "empty");
        if (rule["pattern"] is not null)
            yield return ("#", "of another form");
        if (rule["maximum"] is { } most)
            yield return (most.GetValue<long>() + 1, "too large");
        if (rule["minimum"] is { } least)
            yield return (least.GetValue<long>() - 1, "too small");
        if (rule["minItems"] is not null)
            yield return (new JsonArray(), "without items");
        if (rule["maxItems"] is { } items)
            yield return (Copies(sample, items.GetValue<int>() + 1), "too many");
    }

    private static void Judge(JsonNode json, bool good, string what)
    {
        var faults = Schema.Validate(json.ToJsonString());
        var fault = MessageJson.Read(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).Fault;
        Assert.True(
            faults.Count == 0 == good,
            $"the schema {(good ? "refuses" : "takes")} {what}: {string.Join("; ", faults)}"
        );
        Assert.True(fault is null == good, $"the reader {(good ? "refuses" : "takes")} {what}: {fault}");
    }

    private static JsonNode Json(Message message) => JsonNode.Parse(MessageJson.Write(message))!;

    private static JsonNode Changed(Message message, string owner, Action<JsonObject> change)
    {
        var json = Json(message);
        change(At(json, owner).AsObject());
        return json;
    }

    /// <summary>The object at a path; of a list, its first.</summary>
    private static JsonNode At(JsonNode json, string path) =>
        path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(json, (at, step) => First(at[step]!));

    private static JsonNode First(JsonNode node) => node is JsonArray list ? list[0]! : node;

    private static JsonNode Resolve(JsonNode rule) =>
        rule["$ref"] is { } reference ? Plain["definitions"]![reference.GetValue<string>().Split('/')[^1]]! : rule;

    // Each member of the schema that a sample has, with the sample and the path to the object that it stands in.
    private static IEnumerable<Member> Members() =>
        Messages
            .SelectMany(message => Inside(message, "", Plain, Json(message)))
            .DistinctBy(m => (m.Owner, m.Name, m.Message.Fields.GetType()));

    private static IEnumerable<Member> Inside(Message message, string owner, JsonNode schema, JsonNode sample)
    {
        var required = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToList() ?? [];
        foreach (var (name, declared) in schema["properties"]!.AsObject())
        {
            if (sample[name] is not { } value || value is JsonArray { Count: 0 })
                continue;
            yield return new(message, owner, name, declared!, required.Contains(name, StringComparer.Ordinal));
            var rule = name == "fields" ? FieldsOf(message) : Resolve(declared!);
            if (rule["items"] is { } items)
                (rule, value) = (Resolve(items), value[0]!);
            if (rule["properties"] is not null)
                foreach (var inner in Inside(message, $"{owner}.{name}".Trim('.'), rule, value))
                    yield return inner;
        }
    }

    private static JsonNode FieldsOf(Message message) =>
        Resolve(
            Plain["oneOf"]!
                .AsArray()
                .Select(branch => branch!["properties"]!)
                .Single(p => p["kind"]!["enum"]!.AsArray().Any(k => k!.GetValue<string>() == message.Kind.Code()))[
                "fields"
            ]!
        );

    private sealed record Member(Message Message, string Owner, string Name, JsonNode Rule, bool Required)
    {
        public void Deconstruct(out Message message, out string owner, out string name, out JsonNode rule) =>
            (message, owner, name, rule) = (Message, Owner, Name, Rule);
    }
}
