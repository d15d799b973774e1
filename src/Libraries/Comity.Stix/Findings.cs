namespace Comity.Stix;

/// <summary>What a reading has found so far, bounded together by <see cref="StixLimits.Findings"/>.</summary>
internal sealed class Findings
{
    internal List<IndicatorRow> Rows { get; } = [];

    internal List<NotUnderstood> NotUnderstood { get; } = [];

    internal List<NameFound> Names { get; } = [];

    internal List<VulnerabilityNamed> Vulnerabilities { get; } = [];

    internal List<MalwareNamed> Malware { get; } = [];

    internal bool Full =>
        Rows.Count + NotUnderstood.Count + Names.Count + Vulnerabilities.Count + Malware.Count > StixLimits.Findings;

    internal void Add(IndicatorRow row) => Rows.Add(row);

    internal void Add(NotUnderstood remark) => NotUnderstood.Add(remark);

    internal void Add(NameFound name) => Names.Add(name);
}
