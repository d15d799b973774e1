using Comity.Kernel.Data;

namespace Comity.Kernel.Hosting;

/// <summary>What a check found.</summary>
public enum CheckState
{
    Ok,

    /// <summary>It works, and will not for long, or not as it should.</summary>
    Warn,

    /// <summary>Something does not work until somebody does something.</summary>
    Fail,
}

/// <summary>One line of <c>comity doctor</c>.</summary>
/// <param name="Name">Stable name, <c>directory.poll</c>.</param>
/// <param name="State">How it stands.</param>
/// <param name="Sentence">What was found, in English, with nothing secret in it.</param>
/// <param name="Advice">What to do next; null where nothing is to be done.</param>
public sealed record CheckLine(string Name, CheckState State, string Sentence, string? Advice = null);

/// <summary>A look at one part of the node. Every module brings its own; the program asks all of them.</summary>
public interface ICheck
{
    /// <summary>Looks, changes nothing, and ends soon; reads on behalf of the viewer of <paramref name="db"/>.</summary>
    Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct);
}
