using Comity.Post.HttpSignatures;
using CsCheck;

namespace Comity.App.Tests.Post;

public sealed class StructuredFieldTests
{
    private static readonly Gen<string> HostileText = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["()\";=,:?@%*-. \t\\/aZ019\u0000\u00ff"], 0, 60],
        Gen.String[Gen.Char[' ', '~'], 0, 60]
    );

    private static readonly Gen<string> Key = Gen.Select(
        Gen.Char["abz*"],
        Gen.String[Gen.Char["az09_-.*"], 0, 8],
        (first, others) => first + others
    );

    private static readonly Gen<BareItem> Item = Gen.OneOf<BareItem>(
        Gen.Long[-999_999_999_999_999, 999_999_999_999_999].Select(n => (BareItem)new IntegerItem(n)),
        Gen.Long[-999_999_999_999, 999_999_999_999].Select(n => (BareItem)new DecimalItem(n / 1000m)),
        Gen.String[Gen.Char[' ', '~'], 0, 20].Select(s => (BareItem)new StringItem(s)),
        Gen.String[Gen.Char["az:/!*"], 0, 8].Select(s => (BareItem)new TokenItem("T" + s)),
        Gen.Byte.Array[0, 40].Select(b => (BareItem)new BytesItem(b)),
        Gen.Bool.Select(b => (BareItem)new BooleanItem(b)),
        Gen.Int.Select(n => (BareItem)new DateItem(n)),
        Gen.String[Gen.Char['\u0000', '\u07ff'], 0, 10].Select(s => (BareItem)new DisplayStringItem(s))
    );

    private static readonly Gen<FieldMap<BareItem>> Parameters = Gen.Select(Key, Item).Array[0, 4].Select(Map);

    private static readonly Gen<FieldItem> ItemMember = Gen.Select(Item, Parameters, (i, p) => new FieldItem(i, p));

    private static readonly Gen<FieldMember> Member = Gen.OneOf<FieldMember>(
        ItemMember.Select(i => (FieldMember)i),
        Gen.Select(ItemMember.Array[0, 4], Parameters, (items, p) => (FieldMember)new InnerList(items, p))
    );

    [Fact]
    public void Hostile_text_is_read_or_refused_and_what_is_read_is_written_in_one_stable_form() =>
        HostileText.Sample(
            text =>
            {
                if (FieldReader.ReadDictionary(text) is { } dictionary)
                {
                    var written = FieldWriter.Dictionary(dictionary);
                    Assert.Equal(written, FieldWriter.Dictionary(FieldReader.ReadDictionary(written)!));
                }

                if (FieldReader.ReadList(text) is { } list)
                {
                    var written = FieldWriter.List(list);
                    Assert.Equal(written, FieldWriter.List(FieldReader.ReadList(written)!));
                }

                _ = FieldReader.ReadItem(text);
            },
            iter: 20_000
        );

    [Fact]
    public void What_is_written_is_read_back_as_it_was() =>
        Gen.Select(Key, Member)
            .Array[1, 5]
            .Select(Map)
            .Sample(dictionary =>
            {
                var written = FieldWriter.Dictionary(dictionary);
                var read = FieldReader.ReadDictionary(written);
                Assert.NotNull(read);
                Assert.Equal(dictionary.Select(entry => entry.Key), read.Select(entry => entry.Key));
                Assert.Equal(written, FieldWriter.Dictionary(read));
            });

    [Fact]
    public void A_mutilated_signature_field_never_throws()
    {
        const string Honest =
            "comity=(\"@method\" \"@target-uri\");created=1618884473;keyid=\"k\";alg=\"ed25519\", b=:AAAA:, c=?1, d=%\"a%c3%bc\"";
        Gen.Select(Gen.Int[0, Honest.Length - 1], Gen.Char, Gen.Int[0, 5])
            .Sample(
                (at, character, cut) =>
                {
                    var text = Honest[..at] + character + Honest[Math.Min(Honest.Length, at + cut)..];
                    _ = FieldReader.ReadDictionary(text);
                    _ = FieldReader.ReadList(text);
                    _ = FieldReader.ReadItem(text);
                },
                iter: 20_000
            );
    }

    [Fact]
    public void A_key_that_comes_twice_keeps_its_last_value_and_is_noticed()
    {
        var read = FieldReader.ReadDictionary("a=1, b=2, a=3")!;

        Assert.True(read.HasRepeatedKey);
        Assert.Equal(new IntegerItem(3), ((FieldItem)read["a"]!).Value);
        Assert.False(FieldReader.ReadDictionary("a=1, b=2")!.HasRepeatedKey);
    }

    [Theory]
    [InlineData("a=1,")]
    [InlineData("a=1,,b=2")]
    [InlineData("a=1 b=2")]
    [InlineData("A=1")]
    [InlineData("a=(1 2")]
    [InlineData("a=(1\t2)")]
    [InlineData("a=\"x")]
    [InlineData("a=\"\\x\"")]
    [InlineData("a=\"\u00fc\"")]
    [InlineData("a=:AA")]
    [InlineData("a=:A*A=:")]
    [InlineData("a=1000000000000000")]
    [InlineData("a=1.2345")]
    [InlineData("a=@1.5")]
    [InlineData("a=?2")]
    [InlineData("a=%\"%C3\"")]
    [InlineData("a=%\"%c3\"")]
    [InlineData("a;b=")]
    public void What_the_standard_does_not_allow_is_refused(string text) =>
        Assert.Null(FieldReader.ReadDictionary(text));

    private static FieldMap<TValue> Map<TValue>((string Key, TValue Value)[] entries)
        where TValue : class
    {
        var map = new FieldMap<TValue>();
        foreach (var (key, value) in entries)
        {
            map.Add(key, value);
        }

        return map;
    }
}
