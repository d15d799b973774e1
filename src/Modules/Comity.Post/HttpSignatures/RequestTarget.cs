namespace Comity.Post.HttpSignatures;

/// <summary>
/// The target URI of a request, in the parts that RFC 9421, section 2.2, derives components from. Octets are never
/// decoded or normalised here: what was signed is what was on the wire.
/// </summary>
internal sealed record RequestTarget(string Scheme, string Authority, string Path, string? Query)
{
    public string Uri => $"{Scheme}://{Authority}{Path}{Query}";

    /// <summary>The target that a client sends to.</summary>
    public static RequestTarget Of(Uri uri) =>
        new(uri.Scheme, AuthorityOf(uri), uri.AbsolutePath, uri.Query.Length == 0 ? null : uri.Query);

    /// <summary>
    /// The target as a node with this base URL knows it, from the origin-form that arrived; null for any other form.
    /// A proxy in front may have taken the path of the base URL away; it is put back.
    /// </summary>
    public static RequestTarget? Received(Uri baseUrl, string originForm)
    {
        if (!originForm.StartsWith('/') || originForm.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return null;
        }

        var question = originForm.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? originForm : originForm[..question];
        var prefix = baseUrl.AbsolutePath.TrimEnd('/');
        if (!path.StartsWith(prefix + "/", StringComparison.Ordinal))
        {
            path = prefix + path;
        }

        return new(baseUrl.Scheme, AuthorityOf(baseUrl), path, question < 0 ? null : originForm[question..]);
    }

    private static string AuthorityOf(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort ? host : FormattableString.Invariant($"{host}:{uri.Port}");
    }
}
