using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Studio.Folders;
using Fovea.Studio.Pages;
using Fovea.Studio.Work;
using Microsoft.AspNetCore.Http;

namespace Fovea.Studio.Serving;

/// <summary>Answers what is asked about images that are drawn.</summary>
/// <param name="root">The studio's folder.</param>
/// <param name="desk">Draws them.</param>
internal sealed class SamplingRoutes(StudioRoot root, SamplingDesk desk)
{
    /// <summary>Begins to draw what a form asks for.</summary>
    internal async Task Draw(HttpContext context)
    {
        var page = new SamplingPage(root, desk);
        IReadOnlyDictionary<string, string> given = new Dictionary<string, string>();
        var sent = new SentFiles();
        try
        {
            var form = await GivenForm.ReadWithFiles(context, FileFields.MostBytes, FileFields.Most);
            given = GivenForm.Fields(form);
            // A field that was left empty is sent as a file without a name.
            foreach (var file in form.Files.Where(file => file.FileName.Length > 0))
            {
                await using var content = file.OpenReadStream();
                await sent.Keep(file.Name, file.FileName, content, context.RequestAborted);
            }

            if (desk.Start(page.Order(given, sent)).Order.Sent == sent) sent = null;
            ToImages(context, given);
        }
        catch (FieldException e)
        {
            await Answers.Page(context, page.Text(given, e.Problem), StatusCodes.Status400BadRequest);
        }
        catch (InputException e)
        {
            await Answers.Page(context, page.Text(given, new FieldProblem(null, e.Message)), StatusCodes.Status400BadRequest);
        }
        finally
        {
            sent?.Dispose();
        }
    }

    /// <summary>Asks it to stop.</summary>
    internal Task Stop(HttpContext context)
    {
        desk.Job?.Cancel();
        ToImages(context, desk.Job is { } job ? SamplingPage.Filled(job.Order) : new Dictionary<string, string>());
        return Task.CompletedTask;
    }

    /// <summary>An image as far as it is drawn.</summary>
    internal Task Picture(HttpContext context) =>
        desk.Job is { } job && job.Id == context.Request.Query["job"] && Integer(context, "model") is { } model && Integer(context, "index") is { } index
            && job.Picture(model, index) is { } png
            ? Answers.Png(context, png)
            : throw new NotHereException("This image is not there, or no longer: the studio keeps those that were drawn last.");

    private static void ToImages(HttpContext context, IReadOnlyDictionary<string, string> given) => context.Response.Redirect(
        "/sample?" + string.Join('&', given.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")) + "#drawn");

    private static int? Integer(HttpContext context, string field) =>
        int.TryParse(context.Request.Query[field], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
