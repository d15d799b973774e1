using Comity.Directory;
using Comity.Exchange.Alarming;
using Comity.Exchange.Receipts;
using Comity.Exchange.Receiving;
using Comity.OpenPgp;
using Comity.Ui.Languages;

namespace Comity.Exchange.Words;

/// <summary>What an alarm says: a headline, and why.</summary>
internal static class AlarmWords
{
    public static string Headline(Texts texts, AlarmView alarm)
    {
        var (other, home) = (("other", (object?)alarm.Other), ("office", (object?)alarm.Home));
        return (alarm.Code, alarm.Told) switch
        {
            (Notices.WaitingForKey, _) => texts.T("{other} has something for {office} and cannot seal it", other, home),
            (AddressClash.Code, _) => texts.T("Something of {office} is also another’s", ("office", alarm.Other)),
            (_, true) => texts.T("{office} could not take an envelope of ours", ("office", alarm.Other)),
            _ => texts.T("An envelope from {office} was refused here", ("office", alarm.Other)),
        };
    }

    /// <param name="texts">The reader's words.</param>
    /// <param name="alarm">The alarm.</param>
    /// <param name="own">The office that it is for, as its entry has it now; null where no entry names it any more.</param>
    public static string Reason(Texts texts, AlarmView alarm, OfficeCard? own)
    {
        if (alarm.Code != Notices.WaitingForKey)
            return RefusalWords.Of(texts, alarm.Code);
        if (own is null)
            return texts.T("No entry names this office any more.");
        return own.KeyStanding == KeyStanding.Usable
            ? texts.T(
                "The key of {office} is usable. It comes by itself as soon as they know the key.",
                ("office", own.Office.Value)
            )
            : KeyWords.Of(texts, own) + " " + texts.T("Make a new key; it comes by itself then.");
    }

    /// <summary>What is to be done about it at the command line; null where nothing is.</summary>
    public static string? Command(AlarmView alarm, OfficeCard? own) =>
        alarm.Code == Notices.WaitingForKey && own is not null && own.KeyStanding != KeyStanding.Usable
            ? KeyWords.Command(alarm.Home)
            : null;
}
