namespace Comity.Protocol.Signing;

/// <summary>The payloads of what a node tells and asks other nodes of its own accord.</summary>
internal static class NodeDocumentJson
{
    public static byte[] Write(KeyNotice notice) =>
        JsonText.Write(writer =>
        {
            writer.Text("of", notice.Of.Value);
            writer.WriteNumber("sequence", notice.Sequence);
            writer.Instant("at", notice.At);
        });

    public static KeyNotice ReadKeyNotice(JsonFields fields) =>
        new()
        {
            Of = fields.Parsed<ParticipantCode>("of", ParticipantCode.TryParse),
            Sequence = fields.Whole("sequence", 1, int.MaxValue),
            At = fields.Instant("at"),
        };

    public static byte[] Write(GapRequest request) =>
        JsonText.Write(writer =>
        {
            writer.Text("by", request.By.Value);
            writer.Text("of", request.Of.Value);
            writer.Text("conversation", request.Conversation.ToString());
            writer.Wholes("places", request.Places);
            writer.Instant("at", request.At);
        });

    public static GapRequest ReadGapRequest(JsonFields fields)
    {
        var request = new GapRequest
        {
            By = fields.Parsed<OfficeName>("by", OfficeName.TryParse),
            Of = fields.Parsed<OfficeName>("of", OfficeName.TryParse),
            Conversation = fields.Parsed<ConversationId>("conversation", ConversationId.TryParse),
            Places = fields.Wholes("places", GapRequest.MostPlaces),
            At = fields.Instant("at"),
        };
        if (request.By == request.Of)
        {
            fields.Fault(MalformationCode.BadValue, "of");
        }

        // One request has one text: each place once, in order.
        if (request.Places.Count == 0 || !request.Places.Prepend(0).Zip(request.Places).All(p => p.First < p.Second))
        {
            fields.Fault(MalformationCode.BadValue, "places");
        }

        return request;
    }
}
