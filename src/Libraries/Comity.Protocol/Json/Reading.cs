using System.Diagnostics.CodeAnalysis;

namespace Comity.Protocol;

/// <summary>Why octets were not taken for what they should be.</summary>
public enum MalformationCode
{
    /// <summary>More octets than allowed.</summary>
    TooLarge,

    /// <summary>Not UTF-8.</summary>
    NotUtf8,

    /// <summary>Not JSON (RFC 8259), or nested deeper than 16.</summary>
    NotJson,

    /// <summary>A member stands twice in an object.</summary>
    DuplicateMember,

    /// <summary>A number beyond 2^53, which other programs would round.</summary>
    NumberTooLarge,

    /// <summary>A member that must be there is not.</summary>
    MissingMember,

    /// <summary>A member has another JSON type.</summary>
    WrongType,

    /// <summary>A member has a value that is not allowed.</summary>
    BadValue,

    /// <summary>More items than allowed.</summary>
    TooMany,

    /// <summary>A text longer than allowed, in UTF-16 units.</summary>
    TooLong,

    /// <summary><c>critical</c> names a member that is not understood here.</summary>
    UnknownCritical,

    /// <summary>Another version of the form.</summary>
    UnknownVersion,

    /// <summary>The kind does not allow it.</summary>
    NotAllowedForKind,

    /// <summary>What is said here is said to one participant alone, and others stand among the recipients.</summary>
    ForOneParticipant,

    /// <summary>The kind is known but not understood by this version.</summary>
    KindNotImplemented,

    /// <summary>The document is of another type.</summary>
    WrongDocumentType,
}

/// <summary>What was wrong, and where. Never holds the foreign text itself.</summary>
/// <param name="Code">What.</param>
/// <param name="Path">Where: a path of member names and indexes (<c>chain[1].sequence</c>); empty for the whole.</param>
public sealed record Malformation(MalformationCode Code, string Path);

/// <summary>The outcome of reading: a value, or what was wrong.</summary>
public sealed class Reading<T>
    where T : class
{
    internal Reading(T value) => Value = value;

    internal Reading(Malformation fault) => Fault = fault;

    /// <summary>What was read; null where something was wrong.</summary>
    public T? Value { get; }

    /// <summary>What was wrong; null where a value was read.</summary>
    public Malformation? Fault { get; }

    /// <summary>Whether a value was read.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsGood => Value is not null;
}
