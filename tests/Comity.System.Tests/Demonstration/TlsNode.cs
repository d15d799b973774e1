using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Node.Commands;

namespace Comity.System.Tests.Demonstration;

/// <summary>A node as a process that answers HTTPS by itself, with a certificate of its own making.</summary>
internal sealed class TlsNode : IAsyncDisposable
{
    private readonly Process _process;

    private TlsNode(Process process, string serial)
    {
        _process = process;
        Serial = serial;
    }

    public string Serial { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TlsNode> StartAsync(string folder)
    {
        var (certificate, key) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        var serial = await WriteAsync(certificate, key);
        var process = Programs.Comity([
            "serve",
            "--data",
            folder,
            "--leave-with-parent",
            "--certificate",
            certificate,
            "--certificate-key",
            key,
        ]);
        // Its log comes first.
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.StartsWith("ready https://", StringComparison.Ordinal))
                return new TlsNode(process, serial);
        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Ct));
    }

    /// <summary>The serial number of the certificate with which somebody answers there.</summary>
    public static async Task<string> SerialAtAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, Ct);
        var serial = "";
        await using var tls = new SslStream(
            client.GetStream(),
            leaveInnerStreamOpen: false,
            (_, shown, _, faults) =>
            {
                serial = ((X509Certificate2)shown!).SerialNumber;
                // Nobody vouches for it; everything else about it has to be right.
                return faults == SslPolicyErrors.RemoteCertificateChainErrors;
            }
        );
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, Ct);
        return serial;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(Ct);
        _process.Dispose();
    }

    private static async Task<string> WriteAsync(string certificate, string key)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", made, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var own = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        await File.WriteAllTextAsync(certificate, own.ExportCertificatePem(), Ct);
        await File.WriteAllTextAsync(key, made.ExportPkcs8PrivateKeyPem(), Ct);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return own.SerialNumber;
    }
}
