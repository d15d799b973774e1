namespace Comity.Kernel.Outcomes;

/// <summary>What kind of thing went otherwise than asked.</summary>
public enum ProblemKind
{
    /// <summary>What was typed or sent is not right; the fields say where.</summary>
    Invalid,

    /// <summary>There is no such thing, or not for this viewer.</summary>
    NotFound,

    /// <summary>Understood, and not permitted to this viewer.</summary>
    Forbidden,

    /// <summary>Somebody else changed the same thing first.</summary>
    Conflict,

    /// <summary>Understood, and refused by a rule.</summary>
    Refused,

    /// <summary>Something that is needed is not there now; later it may be.</summary>
    NotNow,

    /// <summary>Asked more often than is fair; a little later it is fine.</summary>
    TooOften,
}

/// <summary>
/// Why something was not done: for people in their language, for programs by a stable code. Says what happened,
/// whether anything was lost, and what to do next.
/// </summary>
/// <param name="Kind">What kind of problem.</param>
/// <param name="Code">Stable code, <c>exchange.key-expired</c>.</param>
/// <param name="Text">English sentence with {placeholders}; the key of its translations.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Text)
{
    /// <summary>Values of the placeholders in <see cref="Text"/>.</summary>
    public IReadOnlyList<(string Name, object Value)> Values { get; init; } = [];

    /// <summary>Messages by field, for forms and for the API.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Was anything lost? Almost always not.</summary>
    public bool Lost { get; init; }

    public Problem With(string name, object value) => this with { Values = [.. Values, (name, value)] };

    public static Problem NotFound(string code, string text) => new(ProblemKind.NotFound, code, text);

    public static Problem Refused(string code, string text) => new(ProblemKind.Refused, code, text);

    public static Problem Invalid(string code, string text, IReadOnlyDictionary<string, string> fields) =>
        new(ProblemKind.Invalid, code, text) { Fields = fields };

    public static Problem Forbidden(string code, string text) => new(ProblemKind.Forbidden, code, text);

    public static Problem NotNow(string code, string text) => new(ProblemKind.NotNow, code, text);

    public static Problem TooOften(string code, string text) => new(ProblemKind.TooOften, code, text);
}

/// <summary>What a use case answers: the thing done, or the problem. Exceptions are for bugs.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T value) => _value = value;

    private Outcome(Problem problem) => Problem = problem;

    public Problem? Problem { get; }

    public bool IsDone => Problem is null;

    public T Value =>
        Problem is null ? _value! : throw new InvalidOperationException($"No value: {Problem.Code}. Ask IsDone first.");

    public static implicit operator Outcome<T>(T value) => new(value);

    public static implicit operator Outcome<T>(Problem problem) => new(problem);

    public Outcome<TNext> Then<TNext>(Func<T, TNext> next) => Problem is null ? next(_value!) : Problem;
}

/// <summary>Lets the write gate see, without knowing the type, whether a use case did what was asked.</summary>
internal static class OutcomeInspection
{
    public static bool MeansRollback<T>(T result) =>
        result switch
        {
            null => false,
            _ when typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(Outcome<>) => typeof(T)
                .GetProperty(nameof(Outcome<int>.Problem))!
                .GetValue(result)
                is not null,
            _ => false,
        };
}
