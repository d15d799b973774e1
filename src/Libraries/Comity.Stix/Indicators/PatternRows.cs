using Comity.Stix.Patterns;

namespace Comity.Stix.Indicators;

/// <summary>Makes rows of an indicator's pattern, or says why it does not.</summary>
internal static class PatternRows
{
    internal static void Add(StixObject indicator, Findings findings)
    {
        if (indicator.Json.TextOf("pattern") is not { } pattern)
        {
            findings.Add(new NotUnderstood(NotUnderstoodReason.NoPattern, indicator.Id, "pattern", ""));
            return;
        }

        // pattern_type is required; a few producers leave it out and mean STIX, which the grammar then confirms.
        if (indicator.Json.TextOf("pattern_type") is { } language && language != "stix")
        {
            findings.Add(new NotUnderstood(NotUnderstoodReason.PatternLanguage, indicator.Id, "pattern_type", pattern));
            return;
        }

        if (pattern.Length > StixLimits.PatternLength)
        {
            findings.Add(new NotUnderstood(NotUnderstoodReason.PatternTooLong, indicator.Id, "pattern", pattern));
            return;
        }

        var reading = StixPattern.Read(pattern);
        if (reading.Pattern is null)
        {
            findings.Add(
                new NotUnderstood(
                    NotUnderstoodReason.PatternSyntax,
                    indicator.Id,
                    "pattern",
                    pattern,
                    reading.StoppedAt
                )
            );
            return;
        }

        var source = RowSource.Of(indicator, pattern);
        foreach (var comparison in reading.Pattern.Comparisons)
        {
            AddComparison(comparison, source, findings);
            if (findings.Full)
            {
                return;
            }
        }
    }

    private static void AddComparison(PatternComparison comparison, RowSource source, Findings findings)
    {
        IndicatorRelation? relation = comparison.Operator switch
        {
            _ when comparison.Negated => null,
            PatternOperator.Equal or PatternOperator.In => IndicatorRelation.Equal,
            PatternOperator.Like => IndicatorRelation.Like,
            PatternOperator.Matches => IndicatorRelation.Matches,
            PatternOperator.IsSubset => IndicatorRelation.Within,
            _ => null,
        };
        if (relation is not { } known)
        {
            findings.Add(
                new NotUnderstood(
                    NotUnderstoodReason.ComparisonWithoutValue,
                    source.ObjectId,
                    "pattern",
                    comparison.Text
                )
            );
            return;
        }

        var path = comparison.Path;
        foreach (var value in comparison.Values)
        {
            var meaning = PathMeaning.Of(comparison.ObjectType, comparison.Steps, value);
            if (known == IndicatorRelation.Equal && !meaning.Fits(value))
            {
                findings.Add(
                    new NotUnderstood(NotUnderstoodReason.OddValue, source.ObjectId, "pattern", comparison.Text)
                );
                continue;
            }

            findings.Add(source.Row(meaning, value, path, known, comparison.Alone));
        }
    }
}

/// <summary>What all rows of one object share.</summary>
internal sealed record RowSource(
    string ObjectId,
    string? Pattern,
    string? ValidFrom,
    string? ValidUntil,
    string? Name,
    bool Revoked
)
{
    internal static RowSource Of(StixObject source, string? pattern) =>
        new(
            source.Id,
            pattern,
            source.Json.TextOf("valid_from"),
            source.Json.TextOf("valid_until"),
            pattern is null ? null : source.Name,
            source.Json.TryGetProperty("revoked", out var revoked)
                && revoked.ValueKind == System.Text.Json.JsonValueKind.True
        );

    internal IndicatorRow Row(PathMeaning meaning, string value, string path, IndicatorRelation relation, bool alone) =>
        new(
            meaning.Type,
            relation == IndicatorRelation.Equal ? meaning.Canonical(value) : value,
            meaning.Algorithm,
            path,
            relation,
            alone,
            ObjectId,
            Pattern,
            ValidFrom,
            ValidUntil,
            Name,
            Revoked
        );
}
