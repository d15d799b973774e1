using Comity.Stix;

namespace Comity.Indicators;

/// <summary>
/// The bounds within which indicators are read. A source that is larger is refused; of one that says more, the rest is
/// counted and the reading says so.
/// </summary>
public static class IndicatorLimits
{
    /// <summary>The most octets of pasted text or CSV: 2 MiB.</summary>
    public const int TextOctets = 2 * 1024 * 1024;

    /// <summary>The most octets of MISP JSON, which brings much that is not taken; depth and number of values are bounded as in <see cref="StixLimits"/>.</summary>
    public const int MispOctets = StixLimits.Octets;

    /// <summary>The most rows that one reading gives, each value counted once.</summary>
    public const int Rows = 10_000;

    /// <summary>The most remarks on what was not understood, and the most names that were left out.</summary>
    public const int Remarks = 10_000;

    /// <summary>The most steps spent on looking for names that were left out in notes and values.</summary>
    public const long NameSteps = 10_000_000;

    /// <summary>The most columns of a CSV record that are looked at.</summary>
    public const int Columns = 64;

    /// <summary>The longest value that becomes a row, in UTF-16 code units.</summary>
    public const int ValueLength = IndicatorText.PieceLength;

    /// <summary>The longest note, in UTF-16 code units; a longer one is cut and ends in "…".</summary>
    public const int NoteLength = 500;

    /// <summary>The longest quotation of what was not understood, in UTF-16 code units; a longer one is cut and ends in "…".</summary>
    public const int QuotationLength = 200;
}
