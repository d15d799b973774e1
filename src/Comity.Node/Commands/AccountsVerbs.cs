using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity accounts</c>: people and their sign-in links.</summary>
internal static class AccountsVerbs
{
    public static Command Make(Verbs verbs) =>
        new("accounts", "People of this node: invite them, list them.") { Invite(verbs), List(verbs) };

    private static Command Invite(Verbs verbs)
    {
        var name = new Option<string>("--name") { Description = "The name shown to colleagues.", Required = true };
        var office = new Option<string[]>("--office")
        {
            Description = "An office to act for, as QM/technical; may be given several times.",
            Required = true,
        };
        var role = new Option<string[]>("--role")
        {
            Description = "analyst, duty-officer, directory-manager or operator; may be given several times.",
            Required = true,
        };
        var command = new Command("invite", "Makes a one-time sign-in link for a person.") { name, office, role };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var body = new JsonObject
                {
                    ["name"] = parsed.GetValue(name),
                    ["offices"] = Json.Array(parsed.GetValue(office)!),
                    ["roles"] = Json.Array(parsed.GetValue(role)!),
                };
                var answer = await node.PostJsonAsync("accounts/invite", body, ct);
                verbs
                    .Terminal(parsed)
                    .Result(
                        answer,
                        $"{answer["link"]}",
                        $"Works once, until {answer["expires"]}. Give it to {body["name"]} over a channel that you trust."
                    );
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static Command List(Verbs verbs)
    {
        var command = new Command("list", "Lists the people of this node.");
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var people = (await node.GetJsonAsync("accounts", ct)).AsArray();
                verbs
                    .Terminal(parsed)
                    .Result(
                        people,
                        people.Select(p => $"{p!["name"]}  {Json.Joined(p["offices"])}  {Json.Joined(p["roles"])}")
                    );
                return CommandLine.Done;
            }
        );
        return command;
    }
}
