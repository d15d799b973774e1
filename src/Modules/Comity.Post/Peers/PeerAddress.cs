namespace Comity.Post.Peers;

internal enum AddressRefusal
{
    NotAbsolute,
    NotHttps,
    HasUserInformation,
    ForbiddenPort,
    NoPublicAddress,
    NotResolved,
}

/// <summary>Whether a node may talk to a URL at all, before any name is resolved.</summary>
internal static class PeerAddress
{
    private const int FirstFreePort = 1024;

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
        if (plainPermitted)
        {
            return null;
        }

        if (!string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        {
            return AddressRefusal.NotHttps;
        }

        // The ports below belong to other services, which an entry could have every node knock at.
        return url.Port is 443 or >= FirstFreePort ? null : AddressRefusal.ForbiddenPort;
    }

    /// <summary>"localhost" and the names under it, which mean this machine and are never asked of a resolver.</summary>
    public static bool IsLocalName(string host)
    {
        var name = host.TrimEnd('.');
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
