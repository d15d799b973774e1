namespace Comity.States;

/// <summary>
/// A name that was read letter for letter in no record of the United Nations, or in which records differ
/// (docs/states.md). Whoever shows the name says so.
/// </summary>
/// <param name="Language">One of <see cref="ListOfStates.Languages"/>.</param>
/// <param name="Form">Which of the two names.</param>
/// <param name="Known">What is known of it, an English sentence.</param>
public sealed record UnverifiedName(string Language, NameForm Form, string Known);
