using Fovea.Core.Errors;
using Fovea.Studio.Folders;
using Fovea.Studio.Pages;
using Fovea.Studio.Work;
using Microsoft.AspNetCore.Http;

namespace Fovea.Studio.Serving;

/// <summary>Answers what is asked about circuits.</summary>
/// <param name="root">The studio's folder.</param>
/// <param name="bench">Looks at them.</param>
/// <param name="runOf">The folder of a run that a request names.</param>
internal sealed class CircuitRoutes(StudioRoot root, CircuitBench bench, Func<HttpContext, string> runOf)
{
    /// <summary>The page, of a run or without one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="given">What it says, by the fields' names.</param>
    internal async Task Show(HttpContext context, IReadOnlyDictionary<string, string> given)
    {
        var page = new CircuitsPage(root);
        if (!context.Request.Query.ContainsKey("path"))
        {
            await Answers.Page(context, page.Text(CircuitsPage.Begun(given.GetValueOrDefault("from"))));
            return;
        }

        var (name, path) = (context.Request.Query["path"].ToString(), runOf(context));
        var group = new Fields(given).Integer("group", 0, int.MaxValue) ?? 0;
        var view = await bench.Alone(
            cancellation => RunCircuitView.Read(path, given.GetValueOrDefault("layer"), group, cancellation), "try again when the machine is less busy",
            context.RequestAborted);
        await Answers.Page(context, page.Text(name, path, view));
    }

    /// <summary>The page with what was found of the ansatz of a form, or what is wrong with it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="given">The form, by the fields' names.</param>
    internal async Task Analyse(HttpContext context, IReadOnlyDictionary<string, string> given)
    {
        var page = new CircuitsPage(root);
        try
        {
            await Answers.Page(context, page.Text(given, await bench.Analyse(AnsatzSection.Order(given), context.RequestAborted)));
        }
        catch (FieldException e)
        {
            await Answers.Page(context, page.Text(given, problem: e.Problem), StatusCodes.Status400BadRequest);
        }
        catch (InputException e)
        {
            await Answers.Page(context, page.Text(given, problem: AnsatzSection.ProblemOf(e.Message)), StatusCodes.Status400BadRequest);
        }
    }
}
