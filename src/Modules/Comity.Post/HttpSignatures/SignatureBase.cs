using System.Text;

namespace Comity.Post.HttpSignatures;

/// <summary>What of a request can be signed: its method, its target, and the lines of each header field.</summary>
internal sealed record SignableRequest(
    string Method,
    RequestTarget Target,
    Func<string, IReadOnlyList<string?>> LinesOf
);

/// <summary>
/// The octets that are signed (RFC 9421, section 2.5). Parameters of components are not used by our profile and are
/// refused, so that no component can mean something else than the plain one of its name.
/// </summary>
internal static class SignatureBase
{
    /// <summary>Null where a component is unknown, missing from the request, repeated, or cannot be written plainly.</summary>
    public static byte[]? Build(InnerList covered, SignableRequest request)
    {
        var text = new StringBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in covered.Items)
        {
            if (
                component is not { Value: StringItem { Value: var name }, Parameters.Count: 0 }
                || !seen.Add(name)
                || ValueOf(name, request) is not { } value
            )
            {
                return null;
            }

            text.Append(FieldWriter.Member(component)).Append(": ").Append(value).Append('\n');
        }

        text.Append("\"@signature-params\": ").Append(FieldWriter.Member(covered));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string? ValueOf(string name, SignableRequest request) =>
        name switch
        {
            "@method" => request.Method,
            "@target-uri" => request.Target.Uri,
            "@authority" => request.Target.Authority,
            "@scheme" => request.Target.Scheme,
            "@request-target" => request.Target.Path + request.Target.Query,
            "@path" => request.Target.Path,
            "@query" => request.Target.Query ?? "?",
            _ when name.StartsWith('@') => null,
            _ => FieldValue(name, request.LinesOf),
        };

    private static string? FieldValue(string name, Func<string, IReadOnlyList<string?>> linesOf)
    {
        // A name in capitals would reach the same header line under a second component identifier.
        if (name.Length == 0 || name.Any(char.IsAsciiLetterUpper) || !name.All(BareItemReader.IsTokenCharacter))
        {
            return null;
        }

        var lines = linesOf(name);
        return lines.Count > 0 && lines.All(IsPlain)
            ? string.Join(", ", lines.Select(line => line!.Trim(' ', '\t')))
            : null;
    }

    private static bool IsPlain(string? line) => line is not null && line.All(c => c is >= ' ' and <= '~' or '\t');
}
