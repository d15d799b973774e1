namespace Comity.Indicators;

/// <summary>A part of a source that did not become a row.</summary>
/// <param name="Reason">Why; its name is the reason code.</param>
/// <param name="Where">Where it stands.</param>
/// <param name="What">The part itself, at most <see cref="IndicatorLimits.QuotationLength"/>.</param>
public sealed record PartNotUnderstood(PartReason Reason, SourcePlace Where, string What);

/// <summary>Why a part of a source did not become a row.</summary>
public enum PartReason
{
    /// <summary>It looks like nothing known.</summary>
    NothingKnown,

    /// <summary>It begins like an address or network, and is none.</summary>
    OddAddress,

    /// <summary>Hexadecimal digits, but of a number that no known hash has.</summary>
    OddHash,

    /// <summary>A port that is no number from 1 to 65535.</summary>
    OddPort,

    /// <summary>A name that the rules for international domain names (UTS 46) do not allow.</summary>
    OddName,

    /// <summary>A URL without its scheme ("http://"), which is not guessed.</summary>
    NoScheme,

    /// <summary>The value is not of the kind that its type or column promises.</summary>
    OddValue,

    /// <summary>No time in the form of ISO 8601 or in seconds since 1970; other forms can be read in two ways.</summary>
    OddTime,

    /// <summary>Longer than <see cref="IndicatorLimits.ValueLength"/>.</summary>
    TooLong,

    /// <summary>A line with nothing but a comment.</summary>
    Comment,

    /// <summary>A type that is not known, and a value that does not say what it is.</summary>
    UnknownType,

    /// <summary>It describes something, and is nothing to look for.</summary>
    Context,

    /// <summary>A rule or pattern of a detection tool; it may be attached.</summary>
    Rule,

    /// <summary>Its author has taken it back.</summary>
    Deleted,

    /// <summary>A column or part that is not read.</summary>
    Unread,

    /// <summary>A record without a value, or with more than <see cref="IndicatorLimits.Columns"/> columns, or a quotation that does not end.</summary>
    OddRecord,

    /// <summary>A label "TLP:" that the Traffic Light Protocol does not know.</summary>
    UnknownLabel,
}
