namespace Comity.States;

/// <summary>How a State takes part in the United Nations.</summary>
public enum Membership
{
    /// <summary>A Member State.</summary>
    Member,

    /// <summary>A non-member State with the standing of an observer.</summary>
    Observer,
}
