using System.Text.Json;
using System.Text.Unicode;

namespace Comity.Stix;

/// <summary>
/// Walks the octets once before anything is built from them, so that the bounds hold before memory is spent.
/// </summary>
internal static class JsonScan
{
    internal static (StixRefusal Refusal, string Place)? Refuse(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return (StixRefusal.NotUtf8, "");
        }

        // One level more than allowed, so that going too deep is told apart from being malformed.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = StixLimits.Depth + 1 });
        try
        {
            return Walk(ref reader);
        }
        catch (JsonException)
        {
            return (StixRefusal.NotJson, At(reader));
        }
        catch (InvalidOperationException)
        {
            // A \u escape names half of a surrogate pair: well-formed JSON, but no text.
            return (StixRefusal.NotUtf8, At(reader));
        }
    }

    private static (StixRefusal, string)? Walk(ref Utf8JsonReader reader)
    {
        var values = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    continue;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    // CurrentDepth counts the levels around the opening token.
                    if (reader.CurrentDepth >= StixLimits.Depth)
                    {
                        return (StixRefusal.TooDeep, At(reader));
                    }

                    break;
                case JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped:
                    _ = reader.GetString();
                    break;
            }

            if (reader.TokenType != JsonTokenType.PropertyName && ++values > StixLimits.Values)
            {
                return (StixRefusal.TooManyValues, At(reader));
            }
        }

        return null;
    }

    private static string At(Utf8JsonReader reader) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"octet {reader.BytesConsumed}");
}
