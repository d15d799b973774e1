namespace Comity.System.Tests.Faults;

/// <summary>Whether what a sender shows of its messages is so at the recipient.</summary>
internal static class MarkCheck
{
    /// <summary>
    /// Marks that say more than is there. What the sender shows is read before what the recipient has: what was marked
    /// then must be there now, whatever else came meanwhile.
    /// </summary>
    /// <param name="direction">Which side sends.</param>
    /// <param name="senderBefore">What the sender shows.</param>
    /// <param name="recipientAfter">What the recipient has.</param>
    /// <param name="mayWait">Whether something may be shown as not delivered yet.</param>
    public static IEnumerable<string> TooMuch(
        string direction,
        Books senderBefore,
        Books recipientAfter,
        bool mayWait = false
    )
    {
        var (had, said) = (recipientAfter.Received, Acknowledged(recipientAfter));
        foreach (var message in senderBefore.Messages.Where(m => m.Sent))
        {
            if (Says(message, "opened", "stored") && had[message.Id].All(r => r.Digest != message.Digest))
                yield return $"{direction}: {message.Mark} ({message.Id}) is shown as opened and is not there";
            if (Says(message, "acknowledged") && !said.Contains(message.Id))
                yield return $"{direction}: {message.Mark} ({message.Id}) is shown as acknowledged and nobody did";
            if (!mayWait && Says(message, "not-delivered"))
                yield return $"{direction}: {message.Mark} ({message.Id}) is shown as not delivered";
        }
    }

    /// <summary>When all has come to rest, nothing may be missing either.</summary>
    public static IEnumerable<string> AtTheEnd(string direction, Books sender, Books recipient)
    {
        var (had, said) = (recipient.Received, Acknowledged(recipient));
        return TooMuch(direction, sender, recipient)
            .Concat(sender.Messages.Where(m => m.Sent).SelectMany(m => Missing(m)));

        IEnumerable<string> Missing(Entered message)
        {
            if (had.Contains(message.Id) && !Says(message, "opened"))
                yield return $"{direction}: {message.Mark} ({message.Id}) is there and not shown as opened";
            if (said.Contains(message.Id) && !Says(message, "acknowledged"))
                yield return $"{direction}: {message.Mark} ({message.Id}) was acknowledged and is not shown as that";
        }
    }

    private static HashSet<string> Acknowledged(Books recipient) =>
        recipient
            .Messages.Where(m => m.Sent && m.Kind == "acknowledgement")
            .Select(m => m.InReplyTo)
            .ToHashSet(StringComparer.Ordinal);

    private static bool Says(Entered message, params string[] marks) => message.Marks.Overlaps(marks);
}
