using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Kernel.Data;

namespace Comity.Kernel.Hosting;

/// <summary>
/// The TLS certificate of a node that answers HTTPS by itself. The files are read again when they change, so that a
/// renewed certificate counts without a restart; what cannot be read leaves the one before in use.
/// </summary>
public sealed class NodeCertificate(NodeOptions options, TimeProvider clock) : ICheck, IDisposable
{
    private const string CheckName = "kernel.certificate";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);
    private readonly Lock _gate = new();
    private X509Certificate2? _current;
    private DateTime _written;
    private DateTime _looked;

    /// <summary>Whether the node listens for HTTPS itself and nobody said with which certificate.</summary>
    public bool IsMissing => options.CertificateFile is null && options.Listen.Any(IsHttps);

    /// <summary>The certificate in use.</summary>
    /// <exception cref="CryptographicException">The files hold no certificate with its key.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public X509Certificate2 Current()
    {
        lock (_gate)
        {
            var now = clock.Utc();
            if (_current is not null && now - _looked < LookAgain)
                return _current;
            _looked = now;
            return _current = Renewed() ?? _current ?? throw new CryptographicException(Unreadable);
        }
    }

    public Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CheckLine>>(options.CertificateFile is null && !IsMissing ? [] : [Line()]);

    public void Dispose() => _current?.Dispose();

    private string Unreadable => $"{options.CertificateFile} holds no certificate with its key.";

    private static bool IsHttps(string address) => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private static bool IsUnreadable(Exception fault) =>
        fault is CryptographicException or IOException or UnauthorizedAccessException;

    // Renewal often moves a link and leaves the link's own time as it was.
    private static DateTime Written(string file) =>
        (File.ResolveLinkTarget(file, returnFinalTarget: true) ?? new FileInfo(file)).LastWriteTimeUtc;

    private X509Certificate2? Renewed()
    {
        try
        {
            var written = Written(options.CertificateFile!);
            if (_current is not null && written == _written)
                return null;
            var read = X509Certificate2.CreateFromPemFile(
                options.CertificateFile!,
                options.CertificateKeyFile ?? options.CertificateFile
            );
            _written = written;
            return read;
        }
        catch (Exception fault) when (_current is not null && IsUnreadable(fault))
        {
            return null; // Half written; it is looked at again in a minute, and the one before goes on.
        }
    }

    private CheckLine Line()
    {
        if (IsMissing)
            return new(
                CheckName,
                CheckState.Fail,
                "HTTPS needs a certificate and none is named.",
                "See `comity serve --help`: --certificate."
            );
        try
        {
            var ends = Current().NotAfter.ToUniversalTime();
            var day = ends.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            return ends - clock.Utc() > Soon
                ? new(CheckName, CheckState.Ok, $"The TLS certificate is good until {day}.")
                : new(
                    CheckName,
                    CheckState.Warn,
                    $"The TLS certificate ends on {day}.",
                    "Renew it; the files are read again by themselves."
                );
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            return new(CheckName, CheckState.Fail, Unreadable, "Put back certificate and key as PEM files.");
        }
    }
}
