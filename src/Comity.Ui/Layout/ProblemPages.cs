using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Ui.Layout;

/// <summary>Shows a problem as a page.</summary>
internal sealed class ProblemPages : IProblemPage
{
    public Task ShowAsync(HttpContext context, Problem problem)
    {
        var page = new RazorComponentResult<ProblemPage>(new { Problem = problem })
        {
            StatusCode = problem.Kind.Status(),
        };
        return page.ExecuteAsync(context);
    }
}
