using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Http;

namespace Comity.Exchange.Reading;

/// <summary>What a page answers where it cannot show what was asked for: the problem, as a page.</summary>
internal static class PageAnswers
{
    public static IResult ToPage(this Problem problem) => new Answer(problem);

    private sealed class Answer(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => problem.AnswerAsync(httpContext);
    }
}
