namespace Comity.Stix;

/// <summary>What a piece of typed or pasted text was recognised as.</summary>
public enum TypedKind
{
    /// <summary>An IPv4 address or network.</summary>
    Ipv4,

    /// <summary>An IPv6 address or network.</summary>
    Ipv6,

    /// <summary>A domain name.</summary>
    Domain,

    /// <summary>A URL.</summary>
    Url,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>32 hexadecimal digits.</summary>
    Md5,

    /// <summary>40 hexadecimal digits.</summary>
    Sha1,

    /// <summary>64 hexadecimal digits.</summary>
    Sha256,

    /// <summary>128 hexadecimal digits.</summary>
    Sha512,

    /// <summary>A CVE id.</summary>
    Cve,

    /// <summary>The number of an autonomous system, "AS" and digits.</summary>
    Asn,
}

/// <summary>A recognised piece of text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its canonical form: live (not defanged), hashes in lower case, CVE and AS in upper case, hosts in lower case.</param>
public sealed record TypedIndicator(TypedKind Kind, string Value);
