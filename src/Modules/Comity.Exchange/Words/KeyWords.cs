using Comity.Directory;
using Comity.OpenPgp;
using Comity.Ui.Languages;

namespace Comity.Exchange.Words;

/// <summary>How the key of an own office stands, for whoever has to see to a new one.</summary>
internal static class KeyWords
{
    /// <summary>From then on people are told that a key ends.</summary>
    public static readonly TimeSpan WarnBefore = TimeSpan.FromDays(60);

    /// <summary>Whether somebody has to see to it.</summary>
    public static bool NeedsSeeingTo(OfficeCard card, DateTime now) =>
        card.KeyStanding != KeyStanding.Usable || (card.UsableUntil is { } until && until - now <= WarnBefore);

    public static string Of(Texts texts, OfficeCard card)
    {
        var office = ("office", (object?)card.Office.Value);
        var date = ("date", (object?)DateOnly.FromDateTime(card.UsableUntil ?? default));
        return card.KeyStanding switch
        {
            KeyStanding.Usable => texts.T("The key of {office} ends on {date}.", office, date),
            KeyStanding.Expired => texts.T(
                "The key of {office} ended on {date}: nothing can be sealed to this office.",
                office,
                date
            ),
            KeyStanding.Revoked or KeyStanding.RevokedCompromised => texts.T(
                "The key of {office} is revoked: nothing can be sealed to this office.",
                office
            ),
            KeyStanding.Missing => texts.T("The entry of {office} has no key that something can be sealed to.", office),
            _ => texts.T("The key of {office} cannot be used by others.", office),
        };
    }

    /// <summary>What the operator types.</summary>
    public static string Command(string office) => $"comity keys create --office {office} --participant-key FILE";
}
