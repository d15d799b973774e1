using Comity.Kernel.Outcomes;
using Comity.Protocol;

namespace Comity.Directory.SettingUp;

/// <summary>What a set-up must say before keys are made.</summary>
internal static class SetUpRules
{
    public const int ShortestPassphrase = 12;
    private const int MostOffices = 40;
    private const int MostRoots = 16;
    private const int LongestKind = 40;

    public static Problem AlreadySetUp { get; } =
        new(ProblemKind.Conflict, "directory.already-set-up", "This node is set up already. Nothing was changed.");

    public static Problem PassphraseTooShort { get; } =
        Problem.Invalid(
            "directory.passphrase-too-short",
            "The passphrase is too short.",
            Field("passphrase", "Write at least 12 characters; several unrelated words are best.")
        );

    /// <summary>Null where the request can be carried out.</summary>
    public static Problem? Check(SetUpNode request)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!ParticipantCode.TryParse(request.Participant, out _))
            fields["participant"] = "Write a code of 2 to 12 capital letters and digits, starting with a letter.";
        if (request.Names is not { Count: > 0 } names || names.Any(n => IsBlank(n.Key) || IsBlank(n.Value)))
            fields["names"] = "Write the participant's name in at least one language.";
        if ((request.Passphrase ?? "").Length < ShortestPassphrase)
            fields["passphrase"] = "Write at least 12 characters; several unrelated words are best.";
        CheckOffices(request, fields);
        if (request.Manager && !RootsFit(request))
            fields["rootThreshold"] = "At least 1 and at most 16 root keys, and no more to sign than there are.";
        return fields.Count == 0
            ? null
            : Problem.Invalid(
                "directory.set-up-incomplete",
                "Something in the set-up is not right. Nothing was made.",
                fields
            );
    }

    public static int Roots(SetUpNode request) => request.RootKeys ?? 3;

    public static int Threshold(SetUpNode request) => request.RootThreshold ?? Math.Min(2, Roots(request));

    private static void CheckOffices(SetUpNode request, Dictionary<string, string> fields)
    {
        if (request.Offices is not { Count: > 0 and <= MostOffices } offices)
        {
            fields["offices"] = "Name at least one office, and at most 40.";
            return;
        }
        foreach (var office in offices)
            if (!OfficeName.TryParse($"QM/{office.Slug}", out _) || !IsKind(office.Kind) || !IsMail(office.Mail))
                fields["offices"] =
                    "Each office needs a short name of small letters, a kind, and a plain mail address.";
        if (offices.Select(o => o.Slug).Distinct(StringComparer.Ordinal).Count() != offices.Count)
            fields["offices"] = "Two offices have the same name.";
    }

    private static bool RootsFit(SetUpNode request) =>
        Roots(request) is >= 1 and <= MostRoots && Threshold(request) >= 1 && Threshold(request) <= Roots(request);

    private static bool IsKind(string? kind) =>
        kind is { Length: > 0 and <= LongestKind } && kind.All(c => char.IsAsciiLetterLower(c) || c == '-');

    private static bool IsMail(string? mail) =>
        mail is not null && mail.Count(c => c == '@') == 1 && mail.All(c => char.IsAscii(c) && !char.IsWhiteSpace(c));

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);

    private static Dictionary<string, string> Field(string name, string message) => new() { [name] = message };
}
