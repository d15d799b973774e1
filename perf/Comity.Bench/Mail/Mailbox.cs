using System.Text;

namespace Comity.Bench.Mail;

/// <summary>The Maildir of one address.</summary>
internal sealed record Mailbox(string Address, string Folder)
{
    private string New => Path.Combine(Folder, "new");

    /// <summary>Takes everything that has arrived.</summary>
    public IEnumerable<string> Take()
    {
        if (!Directory.Exists(New))
            yield break;
        foreach (var file in Directory.EnumerateFiles(New))
        {
            var mail = File.ReadAllText(file, Encoding.ASCII);
            File.Delete(file);
            yield return mail;
        }
    }
}
