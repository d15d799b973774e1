using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Http;

namespace Comity.Exchange.Reading;

/// <summary>What a page answers where it cannot show what was asked for.</summary>
internal static class PageAnswers
{
    public static IResult ToPage(this Problem problem) => problem.ToApi();
}
