using System.Text;

namespace Comity.Post.HttpSignatures;

/// <summary>Why a request was refused; for the local log only. Outside, every one of these looks the same.</summary>
internal enum RequestRefusal
{
    TargetMalformed,
    ContentTypeWrong,
    ContentEncoded,
    LengthMissing,
    TooLong,
    DigestMissing,
    DigestMalformed,
    SignatureMissing,
    SignatureMalformed,
    SignatureRepeated,
    ParameterMissing,
    ParameterMalformed,
    TagWrong,
    AlgorithmWrong,
    ComponentNotCovered,
    ComponentNotUnderstood,
    CreatedOutsideTolerance,
    Expired,
    KeyUnknown,
    KeyExpired,
    SignatureWrong,
    Replayed,
    BodyTooLong,
    BodyTooShort,
    BodyBroken,
    BodyTooSlow,
    DigestWrong,
}

internal static class RequestRefusalCodes
{
    /// <summary>The code of the log: "signature-missing".</summary>
    public static string Code(this RequestRefusal refusal)
    {
        var code = new StringBuilder();
        foreach (var c in refusal.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && code.Length > 0)
            {
                code.Append('-');
            }

            code.Append(char.ToLowerInvariant(c));
        }

        return code.ToString();
    }
}
