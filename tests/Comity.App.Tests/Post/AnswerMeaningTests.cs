using System.Net;
using Comity.Post.Peers;
using Comity.Post.Sending;

namespace Comity.App.Tests.Post;

/// <summary>What an answer means for a parcel: few things are final.</summary>
public sealed class AnswerMeaningTests
{
    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.MethodNotAllowed)]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.UpgradeRequired)]
    [InlineData(HttpStatusCode.BadGateway)]
    public void What_a_proxy_or_a_wrong_set_up_answers_is_tried_again(HttpStatusCode status)
    {
        using var response = new HttpResponseMessage(status);
        Assert.Equal(CallEnd.TryAgain, PeerCall.Meaning(response).End);
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(HttpStatusCode.UnsupportedMediaType)]
    public void What_is_too_large_or_not_understood_is_final(HttpStatusCode status)
    {
        using var response = new HttpResponseMessage(status);
        Assert.Equal(CallEnd.Refused, PeerCall.Meaning(response).End);
    }

    [Theory]
    [InlineData("https://qn.example/", CallEnd.TryAgain)]
    [InlineData("https://10.0.0.1/", CallEnd.Refused)]
    [InlineData("https://[fd00::1]/", CallEnd.Refused)]
    public void A_name_that_leads_inside_is_asked_again_and_an_address_that_does_is_not(string node, object end) =>
        Assert.Equal(
            end,
            PeerCall.Failed(new ForbiddenAddressException(AddressRefusal.NoPublicAddress), new Uri(node)).End
        );
}
