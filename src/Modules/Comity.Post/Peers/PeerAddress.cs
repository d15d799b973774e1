namespace Comity.Post.Peers;

internal enum AddressRefusal
{
    NotAbsolute,
    NotHttps,
    HasUserInformation,
    NoPublicAddress,
    NotResolved,
}

/// <summary>Whether a node may talk to a URL at all, before any name is resolved.</summary>
internal static class PeerAddress
{
    public static AddressRefusal? Check(Uri url, bool nodeIsOnLoopback)
    {
        if (!url.IsAbsoluteUri || url.Host.Length == 0)
        {
            return AddressRefusal.NotAbsolute;
        }

        if (url.UserInfo.Length > 0)
        {
            return AddressRefusal.HasUserInformation;
        }

        var loopback = IsLocalName(url.IdnHost) || url.IsLoopback;
        if (loopback && !nodeIsOnLoopback)
        {
            return AddressRefusal.NoPublicAddress;
        }

        var plainPermitted = loopback && string.Equals(url.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal);
        return plainPermitted || string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            ? null
            : AddressRefusal.NotHttps;
    }

    /// <summary>"localhost" and the names under it, which mean this machine and are never asked of a resolver.</summary>
    public static bool IsLocalName(string host)
    {
        var name = host.TrimEnd('.');
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
