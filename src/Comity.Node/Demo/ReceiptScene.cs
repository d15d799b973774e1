using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Step 3: the receipt of the other node.</summary>
internal static class ReceiptScene
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        var path = $"exchange/messages/{stage.Notification}";
        var sent = await stage.Affected.UntilAsync(
            path,
            m => m.Mark("QN/technical", "opened") is not null,
            Longest,
            ct
        );
        var receipt = sent["recipients"]![0]!["receipts"]!.AsArray().FirstOrDefault();
        narrator.Check(receipt is not null, "QM has a receipt of QN's node and verified its signature.");
        if (receipt is not null)
            narrator.Tell(
                $"level {receipt.Text("level")}, signed {receipt.Text("signedAt")} by {receipt.Text("nodeKey")}"
            );
        var received = await stage.Notified.Operator.GetJsonAsync(path, ct);
        narrator.Check(
            string.Equals(received.Text("digest"), sent.Text("digest"), StringComparison.Ordinal),
            $"Both sides hold the same message: {sent.Text("digest")}"
        );
        var verification = received["verification"];
        narrator.Check(
            string.Equals(verification.Text("signerStanding"), "usable", StringComparison.Ordinal),
            $"QN opened it: signed by the technical office of QM, key {verification.Text("signer")}"
        );
        narrator.Tell(
            $"QN reads {Count("indicators")} indicators, {Count("hashes")} hashes, and the bundle as attachment, "
                + $"{received["attachments"]?[0].Text("size")} bytes."
        );

        int Count(string rows) => (received["fields"]?[rows] as JsonArray)?.Count ?? 0;
    }
}
