namespace Comity.States;

/// <summary>Which of the two names of a State.</summary>
public enum NameForm
{
    /// <summary>The short name, for lists, seats and selections.</summary>
    ShortName,

    /// <summary>The formal name, for official acts.</summary>
    FormalName,
}
