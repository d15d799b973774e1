namespace Comity.PortableObject;

/// <summary>The header entry: lines "Name: value" in the translation of the empty msgid.</summary>
internal static class PoHeader
{
    public static (Dictionary<string, string> Fields, PluralRule? Rule) Read(PoEntry entry)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in entry.Translations[0].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || !fields.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim()))
            {
                throw Fault(
                    entry,
                    PoFault.BadHeader,
                    "a header line is not \"Name: value\", or its name occurred before"
                );
            }
        }

        if (
            fields.TryGetValue("Content-Type", out var type)
            && !type.EndsWith("charset=UTF-8", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Fault(entry, PoFault.NotUtf8, "the header names a charset other than UTF-8");
        }

        if (!fields.TryGetValue("Plural-Forms", out var forms))
        {
            return (fields, null);
        }

        return PluralRule.TryParse(forms, out var rule)
            ? (fields, rule)
            : throw Fault(entry, PoFault.BadPluralForms, "Plural-Forms cannot be understood");
    }

    private static PoFaultException Fault(PoEntry entry, PoFault fault, string message) =>
        new(new PoError(entry.Line, fault, message));
}
