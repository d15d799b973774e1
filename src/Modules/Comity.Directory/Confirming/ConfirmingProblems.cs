using Comity.Kernel.Outcomes;

namespace Comity.Directory.Confirming;

/// <summary>What can stand in the way of confirming a key.</summary>
internal static class ConfirmingProblems
{
    public static Problem Differs { get; } =
        Problem.Refused(
            "directory.fingerprint-differs",
            "This is not the fingerprint that the directory shows for {participant}. Nothing was confirmed. Do not seal anything to this participant before you know why."
        );

    public static Problem NoName { get; } =
        Problem.Invalid(
            "directory.who-compared",
            "Say who compared the fingerprints.",
            new Dictionary<string, string>
            {
                ["by"] = /* T */
                    "Write the name of the person who compared.",
            }
        );
}
