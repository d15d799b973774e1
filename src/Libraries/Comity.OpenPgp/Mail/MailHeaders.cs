using System.Diagnostics.CodeAnalysis;
using MimeKit;
using MimeKit.Utils;

namespace Comity.OpenPgp.Mail;

/// <summary>The outer headers of an envelope, each of which must be there exactly once.</summary>
internal static class MailHeaders
{
    private const int MaxAddress = 254;
    private const int MaxMessageId = 250;

    public static HeaderList? Load(byte[] block)
    {
        try
        {
            using var stream = new MemoryStream(block, writable: false);
            return HeaderList.Load(stream);
        }
        catch (Exception fault) when (fault is FormatException or IOException or ArgumentException)
        {
            return null;
        }
    }

    public static bool Single(HeaderList headers, string name, [NotNullWhen(true)] out string? value)
    {
        var found = headers.Where(h => string.Equals(h.Field, name, StringComparison.OrdinalIgnoreCase)).ToList();
        value = found.Count == 1 ? found[0].Value?.Trim() : null;
        return value is not null;
    }

    public static OuterHeaders? Outer(HeaderList headers)
    {
        if (Mailbox(headers, "From") is not { } from || Mailbox(headers, "To") is not { } to)
            return null;
        if (!Single(headers, "Date", out var date) || !DateUtils.TryParse(date, out var when))
            return null;
        if (!Single(headers, "Message-ID", out var id) || MessageId(id) is not { } messageId)
            return null;
        return new OuterHeaders(from, to, when.UtcDateTime, messageId);
    }

    private static string? Mailbox(HeaderList headers, string name) =>
        Single(headers, name, out var value)
        && InternetAddressList.TryParse(value, out var list)
        && list is [MailboxAddress { Address: { Length: > 2 and <= MaxAddress } address }]
        && address.All(c => c is > ' ' and < (char)127)
        && address[1..^1].Contains('@', StringComparison.Ordinal)
            ? address
            : null;

    private static string? MessageId(string value) =>
        value is ['<', .. { Length: > 2 and <= MaxMessageId } id, '>']
        && id.All(c => c is > ' ' and < (char)127 and not ('<' or '>'))
            ? id
            : null;
}
