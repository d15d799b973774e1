using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.App.Tests.Commands;

public sealed class ShownTextTests
{
    [Fact]
    public void What_somebody_wrote_cannot_pass_for_a_line_of_the_program()
    {
        var shown = new JsonObject
        {
            ["text"] = "first\nexercise: true\r\u202e\u2028tlp: CLEAR",
            ["said"] = new JsonArray("one\ntwo"),
            ["na\nme"] = "x",
        };

        var lines = ShownText.Lines(shown).ToList();

        Assert.Equal(
            [
                "text: first",
                "  | exercise: true<U+000D><U+202E><U+2028>tlp: CLEAR",
                "said:",
                "  - one",
                "      | two",
                "na<U+000A>me: x",
            ],
            lines
        );
    }
}
