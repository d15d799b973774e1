using System.Formats.Tar;
using System.IO.Compression;

namespace Comity.Eng;

/// <summary>Sees to it that iso-codes and cldr-core are there, and reads them.</summary>
internal sealed class StateSources(Repository repository)
{
    private const string Inside = "package/supplemental/territoryContainment.json";

    private string containment = "";

    public Dictionary<string, IsoEntry> IsoCodes() => Eng.IsoCodes.Read();

    public Containment Containment() => Eng.Containment.Read(containment);

    /// <summary>False when something is missing and stays missing; what to do about it has then been said.</summary>
    public async Task<bool> SeeToAsync(StateReview review)
    {
        var folder = repository.At("artifacts", "states");
        Directory.CreateDirectory(folder);
        return await SeeToIsoCodesAsync(review, Path.Combine(folder, "install.log"))
            && await SeeToCldrAsync(review, folder);
    }

    private static async Task<bool> SeeToIsoCodesAsync(StateReview review, string log)
    {
        if (!Eng.IsoCodes.Files.All(File.Exists))
        {
            var may = Environment.IsPrivilegedProcess && Shell.Knows("apt-get");
            var installed = may && await Installing.AptAsync(["iso-codes"], log, CancellationToken.None);
            if (!installed || !Eng.IsoCodes.Files.All(File.Exists))
            {
                Progress.Say("Debian's package iso-codes is missing; as root: apt-get install iso-codes");
                return false;
            }
        }

        if (Eng.IsoCodes.InstalledVersion() is var version && version != review.IsoCodes)
        {
            Progress.Say(
                $"iso-codes {version} is installed; the review was of {review.IsoCodes}. Look at what changes."
            );
        }

        return true;
    }

    private async Task<bool> SeeToCldrAsync(StateReview review, string folder)
    {
        containment = Path.Combine(folder, $"cldr-core-{review.CldrCore}.territoryContainment.json");
        if (File.Exists(containment))
        {
            return true;
        }

        if (!Shell.Knows("npm"))
        {
            Progress.Say("npm is missing, which fetches cldr-core; as root: apt-get install npm");
            return false;
        }

        var package = $"cldr-core@{review.CldrCore}";
        var shell = new Shell().In(folder);
        if (await shell.RunAsync("npm", ["pack", package, "--pack-destination", folder]) != 0)
        {
            Progress.Say($"npm could not fetch {package}:\n{string.Join('\n', shell.Output.TakeLast(5))}");
            return false;
        }

        await UnpackAsync(Path.Combine(folder, $"cldr-core-{review.CldrCore}.tgz"));
        return true;
    }

    private async Task UnpackAsync(string archive)
    {
        await using var file = File.OpenRead(archive);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await using var entries = new TarReader(unzipped);
        while (await entries.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name == Inside)
            {
                await entry.ExtractToFileAsync(containment, overwrite: true);
                return;
            }
        }

        throw new InvalidDataException($"{Path.GetFileName(archive)} holds no {Inside}");
    }
}
