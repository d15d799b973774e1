using System.Text;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol;

/// <summary>JSON of the right form with something in it that no writer would put there.</summary>
public sealed class HostileJsonTests
{
    [Theory]
    [InlineData("chain")]
    [InlineData("attachments")]
    public void A_message_with_something_that_is_no_object_in_a_list_is_refused(string list) =>
        Refused(
            MalformationCode.WrongType,
            $"{list}[0]",
            MessageJson.Read(With(MessageJson.Write(World.Notification()), list, "[7]")).Fault
        );

    [Fact]
    public void A_document_with_something_that_is_no_object_among_its_signatures_is_refused() =>
        Refused(
            MalformationCode.WrongType,
            "signatures[0]",
            SignedDocuments.ReadReceipt(With(World.Qm.Entry().Octets.ToArray(), "signatures", "[[]]")).Fault
        );

    [Theory]
    [InlineData("nodeKeys")]
    [InlineData("offices")]
    public void A_core_with_something_that_is_no_object_in_a_list_is_refused(string list) =>
        Refused(
            MalformationCode.WrongType,
            $"{list}[0]",
            EntryCoreJson.Read(With(EntryCoreJson.Write(World.Qm.Core()), list, "[\"x\"]")).Fault
        );

    [Fact]
    public void A_member_whose_name_escapes_half_a_character_is_refused()
    {
        byte[] octets = [.. "{\"\\ud800\":1,"u8, .. MessageJson.Write(World.Update()).AsSpan(1)];
        Refused(MalformationCode.NotUtf8, "", MessageJson.Read(octets).Fault);
        Refused(MalformationCode.NotUtf8, "", SnapshotFile.Read(octets).Fault);
        Refused(MalformationCode.NotUtf8, "", SignedDocuments.ReadStatement(octets).Fault);
    }

    private static void Refused(MalformationCode code, string path, Malformation? fault)
    {
        Assert.Equal(code, fault?.Code);
        Assert.Equal(path, fault?.Path);
    }

    /// <summary>The same with another value of one member, which is a list.</summary>
    private static byte[] With(byte[] json, string list, string value)
    {
        var text = Encoding.UTF8.GetString(json);
        var start = text.IndexOf($"\"{list}\":[", StringComparison.Ordinal) + list.Length + 3;
        Assert.True(start > list.Length + 3, $"There is no list {list}.");
        var (end, depth) = (start, 0);
        do depth += text[end++] switch
        {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        while (depth > 0);
        return Encoding.UTF8.GetBytes(text[..start] + value + text[end..]);
    }
}
