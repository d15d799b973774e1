using System.CommandLine;
using Comity.Kernel.Hosting;

namespace Comity.Node.Commands;

/// <summary>With which certificate a node answers HTTPS by itself; the same for <c>init</c> and <c>serve</c>.</summary>
internal sealed class CertificateOptions
{
    public Option<string?> Certificate { get; } =
        new("--certificate")
        {
            Description = "TLS certificate, PEM; kept in node.json, read again when it is renewed.",
        };

    public Option<string?> Key { get; } =
        new("--certificate-key") { Description = "Its private key, PEM; if not in the same file." };

    public IEnumerable<Option> All => [Certificate, Key];

    /// <summary>The options with what was named; unchanged where nothing was.</summary>
    public NodeOptions Read(ParseResult parsed, NodeOptions options)
    {
        if (parsed.GetValue(Certificate) is not { } certificate)
            return options;
        var key = parsed.GetValue(Key);
        foreach (var file in new[] { certificate, key }.OfType<string>())
            if (!File.Exists(file))
                throw new CommandException($"There is no file {file}. Nothing was changed.");
        return options with
        {
            CertificateFile = Path.GetFullPath(certificate),
            CertificateKeyFile = key is null ? null : Path.GetFullPath(key),
        };
    }

    /// <summary>What to do where a node listens for HTTPS and has no certificate.</summary>
    public const string Missing =
        "this node answers HTTPS by itself and has no certificate. Name one: --certificate FILE --certificate-key FILE (PEM). "
        + "Or let a proxy speak HTTPS: --listen http://127.0.0.1:8800.";
}
