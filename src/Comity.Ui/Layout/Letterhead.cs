using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Ui.Languages;

namespace Comity.Ui.Layout;

/// <summary>
/// What stands at the head of every page of a request: whose node this is and for whom the reader acts. The sign-in
/// step fills it; a page may add to it.
/// </summary>
public sealed class Letterhead(ModuleCatalog modules, CurrentViewer current)
{
    /// <summary>Code of the participant whose node this is, such as <c>QM</c>; empty on a node without one.</summary>
    public string Participant { get; set; } = "";

    /// <summary>Its name, in the language of the reader where it has one; null where no name is known.</summary>
    public GivenName? ParticipantName { get; set; }

    /// <summary>Name of the reader; null where nobody has signed in.</summary>
    public string? Person { get; set; }

    /// <summary>The office for which the reader acts now, such as <c>QM/technical</c>.</summary>
    public string? Office { get; set; }

    /// <summary>Where the form "sign out" is posted.</summary>
    public string SignOutAddress { get; set; } = "/sign-out";

    /// <summary>The places that this reader is permitted to visit; replaced by data where a page wants others.</summary>
    public IReadOnlyList<Place> Navigation
    {
        get => field ?? [.. modules.Places.Where(place => place.Act is not { } act || current.Viewer.May(act))];
        set;
    }

    internal string? ReaderName =>
        Person
        ?? (current.Viewer is { PersonId: not null, DisplayName.Length: > 0 } viewer ? viewer.DisplayName : null);

    internal string? ReaderOffice => Office ?? current.Viewer.Offices.FirstOrDefault();
}
