using Comity.Kernel;
using Comity.Kernel.Modules;
using Comity.Ui.Languages;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Directory.Finding;

/// <summary>Puts the name of the participant beside its code at the head of every page, as its own entry gives it.</summary>
internal sealed class NameOnPages(DirectoryQueries directory, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private volatile Known _known = new("", new Dictionary<string, string>(), DateTime.MinValue);

    public async Task WriteAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.OfType<Way>().Contains(Way.Page) != true)
            return;
        var head = context.RequestServices.GetRequiredService<Letterhead>();
        if (head.Participant.Length == 0)
            return;
        if (_known.Code != head.Participant || _known.Until < clock.Utc())
            _known = await ReadAsync(head.Participant, context.RequestAborted);
        head.ParticipantName = GivenName.Of(_known.Names, context.RequestServices.GetRequiredService<Texts>().Language);
    }

    private async Task<Known> ReadAsync(string code, CancellationToken ct)
    {
        var home = (await directory.ParticipantsAsync(ct)).FirstOrDefault(p => p.Home && p.Code.Value == code);
        return new Known(code, home?.Names ?? new Dictionary<string, string>(), clock.Utc() + Fresh);
    }

    private sealed record Known(string Code, IReadOnlyDictionary<string, string> Names, DateTime Until);
}
