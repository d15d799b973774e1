namespace Comity.Protocol.Messages;

/// <summary>A sentence that kinds of messages carry always, so that nobody's silence or act is read as more.</summary>
/// <param name="Id">Its identifier; translations are kept under it.</param>
/// <param name="English">Its English wording.</param>
public sealed record FixedStatement(string Id, string English);

/// <summary>The fixed statements.</summary>
public static class FixedStatements
{
    /// <summary>Telling somebody is not accusing somebody.</summary>
    public static FixedStatement NoResponsibility { get; } =
        new(
            "no-responsibility",
            "This message does not imply that the State addressed is responsible for what it describes."
        );

    /// <summary>No duty to monitor follows.</summary>
    public static FixedStatement NoDutyToMonitor { get; } =
        new("no-duty-to-monitor", "This message creates no duty to monitor.");

    /// <summary>What is asked has its limits.</summary>
    public static FixedStatement WithinLawAndCapacity { get; } =
        new(
            "within-law-and-capacity",
            "What is asked is asked within domestic and international law and within capacity, as reasonable and feasible."
        );

    /// <summary>A receipt is a receipt.</summary>
    public static FixedStatement ReceiptOnly { get; } =
        new("receipt-only", "Receipt only; no agreement with the content and no position on facts or origin.");

    /// <summary>Nothing is taken back by withdrawing or closing.</summary>
    public static FixedStatement StaysWhereItIs { get; } =
        new("stays-where-it-is", "What has been sent stays with those who have it.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FixedStatement> All { get; } =
    [NoResponsibility, NoDutyToMonitor, WithinLawAndCapacity, ReceiptOnly, StaysWhereItIs];

    internal static IReadOnlyList<FixedStatement> OnRequests { get; } =
    [NoResponsibility, NoDutyToMonitor, WithinLawAndCapacity];

    internal static IReadOnlyList<FixedStatement> OnReceipts { get; } = [ReceiptOnly];

    internal static IReadOnlyList<FixedStatement> OnEndings { get; } = [StaysWhereItIs];
}
