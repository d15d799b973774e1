using Comity.Protocol;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Reading;

/// <summary>The first words of a message, for lists on one's own desk.</summary>
internal static class Titles
{
    private const int Longest = 90;

    public static string Of(Message message) => Of(message.Fields);

    public static string Of(MessageFields fields) =>
        fields switch
        {
            NotificationFields said => Cut(said.Seen),
            TextFields said => Cut(said.Text),
            ClarificationRequestFields said => Cut(said.Questions[0]),
            ConsultationRequestFields said => Cut(said.Text),
            AcknowledgementFields said => Cut(said.Text ?? ""),
            _ => "",
        };

    /// <summary>The strictest of some labels, as the protocol writes them; null where there is none.</summary>
    public static Tlp? Strictest(IEnumerable<string> codes) =>
        codes.Select(code => Codes.TryRead(code, out Tlp tlp) ? tlp : (Tlp?)null).Max();

    private static string Cut(string text)
    {
        var line = text.Split('\n', 2)[0].Trim();
        if (line.Length <= Longest)
            return line;
        var end = line.LastIndexOf(' ', Longest);
        return line[..(end > Longest / 2 ? end : Longest)].TrimEnd() + "…";
    }
}
