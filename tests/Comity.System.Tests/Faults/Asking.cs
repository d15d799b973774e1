using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.System.Tests.Faults;

/// <summary>How a request to a node ended that may be killed, or have no disk, while it answers.</summary>
internal enum Ending
{
    /// <summary>It was promised.</summary>
    Accepted,

    /// <summary>The node said no, with a code.</summary>
    Refused,

    /// <summary>Nobody knows: the connection broke, or the node said that it failed.</summary>
    Unanswered,
}

/// <param name="Ending">How it ended.</param>
/// <param name="Said">What was answered, where it was accepted.</param>
/// <param name="Code">The code of the refusal, where there is one.</param>
/// <param name="Words">What was said instead.</param>
internal sealed record Answered(Ending Ending, JsonNode? Said, string Code, string Words);

internal static class Asking
{
    /// <summary>Posts something to the process that runs now; a fault on the way is an ending like others.</summary>
    public static async Task<Answered> TryPostAsync(
        this FaultNode node,
        string path,
        JsonObject body,
        CancellationToken ct
    )
    {
        try
        {
            var said = await node.Operator.PostJsonAsync(path, body, ct);
            return new(Ending.Accepted, said, "", "");
        }
        catch (CommandException refused) when (refused.Code.Length > 0)
        {
            return new(Ending.Refused, null, refused.Code, refused.Message);
        }
        catch (Exception broken) when (broken is CommandException or HttpRequestException or IOException)
        {
            return new(Ending.Unanswered, null, "", broken.Message);
        }
    }
}
