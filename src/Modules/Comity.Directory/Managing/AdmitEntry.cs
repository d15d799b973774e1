using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;

namespace Comity.Directory.Managing;

/// <summary>Takes a participant's entry into the managed directory.</summary>
/// <param name="Entry">The signed entry, base64.</param>
internal sealed record AdmitEntry(string Entry);

internal sealed class AdmitEntryHandler(Admission admission)
{
    private const int MaxBase64 = 2 * 1024 * 1024;

    public async Task<Outcome<Admitted>> HandleAsync(AdmitEntry request, Viewer viewer, CancellationToken ct)
    {
        if (request.Entry is not { Length: > 0 and <= MaxBase64 } text)
            return ManagingProblems.EntryNotValid.With("reason", "empty");
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length)
            ? await admission.TakeAsync(viewer, octets.AsMemory(0, length), "admitted", only: null, ct)
            : ManagingProblems.EntryNotValid.With("reason", "not base64");
    }
}
