using System.Text.Json.Nodes;
using Comity.Node.Commands;
using Comity.Protocol;

namespace Comity.Node.Demo;

/// <summary>Step 7: four envelopes that must not be accepted, carried to QN's door by QM's own node.</summary>
internal static class HostileScene
{
    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        var before = await PictureAsync(stage.Notified, ct);
        var answers = new List<string>();
        using var forge = await Forge.OpenAsync(stage, ct);
        foreach (var hostile in forge.Envelopes())
        {
            var body = new JsonObject
            {
                ["node"] = stage.Notified.Url,
                ["envelope"] = Convert.ToBase64String(hostile.Octets),
            };
            if (stage.Kept is { } kept)
                await File.WriteAllBytesAsync(
                    Path.Combine(kept, $"hostile-{hostile.Expected}.eml"),
                    hostile.Octets,
                    ct
                );
            var answer = await stage.Affected.Operator.PostJsonAsync("post/carry", body, ct);
            answers.Add($"{answer.Text("status")} {answer.Text("body")}");
            var code = await ReasonAsync(stage.Notified, hostile.Digest, ct);
            narrator.Check(
                string.Equals(code, hostile.Expected, StringComparison.Ordinal),
                $"{hostile.What}: refused; QN's log says \"{code}\""
            );
        }
        narrator.Check(
            answers.Distinct(StringComparer.Ordinal).Count() == 1,
            $"Outside, one and the same answer four times: {answers[0]}"
        );
        var after = await PictureAsync(stage.Notified, ct);
        narrator.Check(
            string.Equals(before, after, StringComparison.Ordinal),
            "Nothing changed at QN: the same conversations, messages, marks and receipts as before."
        );
    }

    /// <summary>Everything of QN's conversations but the time at which they are looked at.</summary>
    private static async Task<string> PictureAsync(DemoNode node, CancellationToken ct)
    {
        var list = await node.Operator.GetJsonAsync("exchange/conversations", ct);
        var whole = new JsonArray(list.DeepClone());
        foreach (var conversation in list.AsArray())
        {
            var view = await node.Operator.GetJsonAsync(
                $"exchange/conversations/{conversation.Text("conversation")}",
                ct
            );
            view.AsObject().Remove("now");
            whole.Add(view);
        }
        return whole.ToJsonString();
    }

    private static async Task<string> ReasonAsync(DemoNode node, Digest envelope, CancellationToken ct)
    {
        var refusals = (await node.Operator.GetJsonAsync("post/refusals", ct)).AsArray();
        var found = refusals.FirstOrDefault(r =>
            string.Equals(r.Text("envelopeDigest"), envelope.ToString(), StringComparison.Ordinal)
        );
        return found.Text("code");
    }
}
