using Comity.OpenPgp;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>The invented offices of these tests, their keys made once.</summary>
internal static class Parties
{
    public static readonly DateTime Made = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
    public static readonly DateTime Now = Made.AddDays(40);

    public static readonly SecretKey Qm = Office("QM technical <technical@qm.example>");
    public static readonly SecretKey Qn = Office("QN technical <technical@qn.example>");
    public static readonly SecretKey Qx = Office("QX technical <technical@qx.example>");

    public static readonly SecretKey QmParticipant = SecretKey.Create(
        KeyProfile.Participant,
        "QM <participant@qm.example>",
        Made,
        TimeSpan.FromDays(1500)
    );

    public static SecretKey Office(string userId) =>
        SecretKey.Create(KeyProfile.Office, userId, Made, TimeSpan.FromDays(700));

    public static byte[] Seal(byte[] content, SecretKey? signer = null, Certificate? recipient = null)
    {
        using var output = new MemoryStream();
        var result = Sealing.Seal(new MemoryStream(content), output, signer ?? Qm, recipient ?? Qn.Certificate, Now);
        Assert.True(result.IsSealed, result.ToString());
        return output.ToArray();
    }

    public static OpeningResult Open(byte[] octets, SecretKey? recipient = null, OpeningLimits? limits = null) =>
        Opening.Open(new MemoryStream(octets), recipient ?? Qn, limits ?? OpeningLimits.Default);

    /// <summary>The refusal of opening, or else of verifying with the signer; null if the content was given.</summary>
    public static OpeningRefusal? RefusalOf(byte[] octets, SecretKey? signer = null, OpeningLimits? limits = null)
    {
        var opening = Open(octets, limits: limits);
        if (opening.Opened is not { } opened)
            return opening.Refusal;
        using (opened)
        {
            var verifying = opened.Verify((signer ?? Qm).Certificate, Now);
            verifying.Content?.Dispose();
            Assert.Equal(verifying.Refusal is null, verifying.Content is not null);
            return verifying.Refusal;
        }
    }
}
