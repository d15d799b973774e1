using System.ComponentModel.DataAnnotations;
using Comity.Exchange.Reading;
using Comity.Kernel.Forms;

namespace Comity.Exchange.Acknowledging;

/// <summary>What a person types on the page. The message stands in the address.</summary>
/// <param name="AnswerExpectedBy">By when the person expects to answer, UTC.</param>
/// <param name="Form">What is said: see <see cref="Acknowledge"/>.</param>
/// <param name="Pointer">One of our other offices.</param>
/// <param name="OtherPointer">Any other office, as QN/policy; counts before a choice.</param>
/// <param name="Text">A line of the person's own.</param>
internal sealed record AcknowledgeForm(
    DateTime? AnswerExpectedBy,
    string? Form,
    string? Pointer,
    string? OtherPointer,
    [property: StringLength(1000, ErrorMessage = "Write at most 1000 characters.")] string? Text
)
{
    public Acknowledge For(Guid message, string language) =>
        new(message, AnswerExpectedBy, Form, string.IsNullOrWhiteSpace(OtherPointer) ? Pointer : OtherPointer, Text)
        {
            Language = language,
        };
}

/// <summary>What the page of an acknowledgement shows.</summary>
/// <param name="Whole">The conversation.</param>
/// <param name="Message">The message.</param>
/// <param name="Form">What was typed.</param>
internal sealed record AcknowledgeSheet(ConversationView Whole, MessageView Message, Form<AcknowledgeForm> Form);
