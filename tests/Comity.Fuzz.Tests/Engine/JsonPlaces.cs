namespace Comity.Fuzz.Tests.Engine;

/// <summary>A value in a JSON text, with the place of its member's name where it has one.</summary>
internal readonly record struct JsonPlace(int Start, int End, int NameStart, bool IsList)
{
    public bool IsMember => NameStart >= 0;

    public int MemberStart => IsMember ? NameStart : Start;
}

/// <summary>Finds the values of a JSON text, also of one that is not quite JSON any more.</summary>
internal static class JsonPlaces
{
    private const int Most = 2000;

    public static List<JsonPlace> Find(ReadOnlySpan<byte> text)
    {
        var places = new List<JsonPlace>();
        var open = new Stack<(int Start, int NameStart, bool IsList)>();
        var name = -1;
        var at = 0;
        while (at < text.Length && places.Count < Most)
        {
            switch (text[at])
            {
                case (byte)'{' or (byte)'[':
                    open.Push((at, name, text[at] == '['));
                    name = -1;
                    at++;
                    break;
                case (byte)'}' or (byte)']':
                    at++;
                    name = -1;
                    if (open.TryPop(out var outer))
                        places.Add(new JsonPlace(outer.Start, at, outer.NameStart, outer.IsList));
                    break;
                case (byte)'"':
                    var start = at;
                    at = EndOfString(text, at);
                    if (at < text.Length && text[at] == ':')
                        name = start;
                    else
                        Add(start, at);
                    break;
                case (byte)',' or (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    at++;
                    break;
                default:
                    var word = at;
                    while (at < text.Length && ",]}: \r\n\t"u8.IndexOf(text[at]) < 0)
                        at++;
                    Add(word, at);
                    break;
            }
        }

        return places;

        void Add(int from, int to)
        {
            places.Add(new JsonPlace(from, to, name, IsList: false));
            name = -1;
        }
    }

    private static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
            if (text[at] == '\\')
                at++;
        return Math.Min(at + 1, text.Length);
    }
}
