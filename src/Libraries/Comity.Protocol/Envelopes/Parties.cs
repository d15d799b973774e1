using Comity.OpenPgp;
using Comity.Protocol.Messages;

namespace Comity.Protocol.Envelopes;

/// <summary>An office of somebody else, as its directory entry has it.</summary>
/// <param name="Office">Its name.</param>
/// <param name="MailAddress">Its mail address.</param>
/// <param name="Certificate">Its certificate.</param>
public sealed record Correspondent(OfficeName Office, string MailAddress, Certificate Certificate);

/// <summary>An office of our own that sends.</summary>
/// <param name="Office">Its name.</param>
/// <param name="MailAddress">Its mail address.</param>
/// <param name="Key">Its key; not disposed of here.</param>
public sealed record SendingOffice(OfficeName Office, string MailAddress, SecretKey Key);

/// <summary>An office of our own that receives.</summary>
/// <param name="Office">Its name.</param>
/// <param name="MailAddress">Its mail address.</param>
/// <param name="Keys">Its keys, the retired ones too; not disposed of here.</param>
public sealed record ReceivingOffice(OfficeName Office, string MailAddress, IReadOnlyCollection<SecretKey> Keys);

/// <summary>By which way an envelope came.</summary>
public enum EnvelopeTransport
{
    /// <summary>HTTPS from node to node: whatever differs is refused.</summary>
    Https,

    /// <summary>Mail, or a file carried by hand: servers on the way may change Date and Message-ID, which is noted.</summary>
    Mail,
}

/// <summary>An attachment to be sent: its reference, and where its octets come from, once per recipient.</summary>
/// <param name="Reference">What part 2 says of it.</param>
/// <param name="Open">Opens its octets anew; the stream is disposed of after use.</param>
public sealed record AttachmentSource(AttachmentReference Reference, Func<Stream> Open);

/// <summary>An attachment that arrived, with the digest that part 2 names.</summary>
/// <param name="Reference">What part 2 says of it.</param>
/// <param name="Octets">Its octets.</param>
public sealed record ReceivedAttachment(AttachmentReference Reference, ReadOnlyMemory<byte> Octets);
