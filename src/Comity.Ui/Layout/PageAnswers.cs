using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Http;

namespace Comity.Ui.Layout;

/// <summary>What a page answers where it cannot show what was asked for: the problem, as a page.</summary>
public static class PageAnswers
{
    public static IResult ToPage(this Problem problem) => new Answer(problem);

    private sealed class Answer(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => problem.AnswerAsync(httpContext);
    }
}
