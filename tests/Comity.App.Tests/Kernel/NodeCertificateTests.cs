using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Comity.Kernel.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.KernelTests;

public sealed class NodeCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("comity-certificate-").FullName;
    private readonly FakeTimeProvider _clock = new(Begin);

    private string File => Path.Combine(_folder, "certificate.pem");

    [Fact]
    public void A_renewed_certificate_counts_within_a_minute_and_a_half_written_one_does_not()
    {
        var first = Write(days: 90);
        using var certificate = new NodeCertificate(Options(File), _clock);
        Assert.Equal(first, certificate.Current().SerialNumber);

        System.IO.File.WriteAllText(File, "-----BEGIN CERTIFICATE-----\nhalf");
        Touch(minutes: 1);
        Assert.Equal(first, certificate.Current().SerialNumber);

        var second = Write(days: 90);
        Touch(minutes: 2);
        Assert.Equal(second, certificate.Current().SerialNumber);
    }

    [Theory]
    [InlineData(90, CheckState.Ok)]
    [InlineData(13, CheckState.Warn)]
    public async Task The_doctor_says_in_time_that_it_ends(int days, CheckState state)
    {
        Write(days);
        using var certificate = new NodeCertificate(Options(File), _clock);
        var line = Assert.Single(await certificate.LookAsync(null!, TestContext.Current.CancellationToken));
        Assert.Equal(state, line.State);
    }

    [Fact]
    public async Task HTTPS_without_a_certificate_is_a_fault()
    {
        using var certificate = new NodeCertificate(Options(null), _clock);
        Assert.True(certificate.IsMissing);
        var line = Assert.Single(await certificate.LookAsync(null!, TestContext.Current.CancellationToken));
        Assert.Equal(CheckState.Fail, line.State);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private NodeOptions Options(string? file) =>
        new()
        {
            DataFolder = _folder,
            BaseUrl = new Uri("https://comity.qm.example"),
            Listen = ["https://comity.qm.example"],
            CertificateFile = file,
        };

    private void Touch(int minutes)
    {
        _clock.Advance(TimeSpan.FromMinutes(2));
        System.IO.File.SetLastWriteTimeUtc(File, Begin.UtcDateTime.AddMinutes(minutes));
    }

    private string Write(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=comity.qm.example", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(Begin.AddDays(-1), Begin.AddDays(days));
        System.IO.File.WriteAllText(File, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return made.SerialNumber;
    }
}
