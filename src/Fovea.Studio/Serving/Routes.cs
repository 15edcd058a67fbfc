using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Reporting.Charts;
using Fovea.Studio.Folders;
using Fovea.Studio.Pages;
using Fovea.Studio.Work;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Microsoft.AspNetCore.Http;

namespace Fovea.Studio.Serving;

/// <summary>Which page answers which request.</summary>
internal sealed class Routes
{
    private readonly StudioRoot _root;
    private readonly TrainingDesk _training;
    private readonly Action<string>? _fault;
    private readonly CancellationToken _stopping;
    private readonly Dictionary<(bool IsPost, string Path), Func<HttpContext, Task>> _pages;

    internal Routes(
        StudioRoot root, SamplingDesk sampling, TrainingDesk training, CircuitBench bench, Action<string>? fault, CancellationToken stopping)
    {
        var circuits = new CircuitRoutes(root, bench, context => ModelFolderOf(context));
        var drawing = new SamplingRoutes(root, sampling);
        (_root, _training, _fault, _stopping) = (root, training, fault, stopping);
        _pages = new()
        {
            [(false, "/")] = context => Answers.Page(context, HomePage.Text(root)),
            [(false, "/studio.css")] = context => Answers.Text(context, "text/css", Assets.Style),
            [(false, "/studio.js")] = context => Answers.Text(context, "text/javascript", Assets.Script),
            [(false, "/icon.svg")] = context => Answers.Text(context, "image/svg+xml", Assets.Icon),
            [(false, "/first.png")] = FirstOf,
            [(false, "/run")] = Run,
            [(false, "/run/chart.png")] = Chart,
            [(false, "/run/events")] = context => new RunEvents(RunFolderOf(context)).Send(context, _stopping),
            [(false, "/compare")] = context => Answers.Page(context, ComparisonPage.Text(NamedRun(context, "path"), NamedRun(context, "other"))),
            [(false, "/dataset")] = context =>
                WithDataset(context, dataset => Answers.Page(context, DatasetPage.Text(Name(context), dataset, ViewOf(context)))),
            [(false, "/dataset/first.png")] = context => WithDataset(context, dataset => Answers.Png(context, DatasetPage.First(dataset))),
            [(false, "/dataset/image.png")] = context => WithDataset(context, dataset => Image(context, dataset)),
            [(false, "/sample")] = context => Answers.Page(context, new SamplingPage(root, sampling).Text(GivenForm.Fields(context.Request.Query))),
            [(true, "/sample")] = drawing.Draw,
            [(true, "/sample/stop")] = drawing.Stop,
            [(false, "/sample/events")] = context => new SamplingEvents(sampling).Send(context, _stopping),
            [(false, "/sample/picture.png")] = drawing.Picture,
            [(false, "/circuits")] = context => circuits.Show(context, GivenForm.Fields(context.Request.Query)),
            [(true, AnsatzSection.Action)] = async context => await circuits.Analyse(context, GivenForm.Fields(await GivenForm.Read(context))),
            [(false, "/train")] = context => Answers.Page(context, new TrainingPage(root, training).Text(GivenForm.Fields(context.Request.Query))),
            [(true, "/train")] = Train,
            [(true, "/train/stop")] = StopTraining,
        };
    }

    /// <summary>Answers a request of someone who may ask.</summary>
    internal async Task Answer(HttpContext context)
    {
        try
        {
            await (PageOf(context) ?? throw new NotHereException($"There is no page {context.Request.Path}."))(context);
        }
        catch (OperationCanceledException)
        {
            // Who asked is gone, or the studio ends.
        }
        catch (FieldException e)
        {
            await Answers.Trouble(context, StatusCodes.Status400BadRequest, "This cannot be shown", $"{e.Problem.Field}: {e.Problem.Text}");
        }
        catch (NotHereException e)
        {
            await Answers.Trouble(context, StatusCodes.Status404NotFound, "Not here", e.Message);
        }
        catch (InputException e)
        {
            await Answers.Trouble(context, StatusCodes.Status400BadRequest, "This cannot be shown", e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Answers.Trouble(context, StatusCodes.Status404NotFound, "This cannot be read", e.Message);
        }
        catch (Exception e)
        {
            _fault?.Invoke($"a fault of the program, please report it: {e}");
            await Answers.Trouble(context, StatusCodes.Status500InternalServerError, "A fault of the program", e.Message);
        }
    }

    // The page of an address by the method; where it is there by another alone, the answer that says which.
    private Func<HttpContext, Task>? PageOf(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var read = _pages.GetValueOrDefault((false, path))
            ?? (path.StartsWith(FileAnswers.Prefix, StringComparison.Ordinal) ? file => FileAnswers.Send(file, _root) : null);
        var changed = _pages.GetValueOrDefault((true, path));
        var page = HttpMethods.IsPost(context.Request.Method) ? changed
            : HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? read : null;
        string[] allowed = [.. read is null ? Array.Empty<string>() : [Answers.Reading], .. changed is null ? Array.Empty<string>() : [HttpMethods.Post]];
        return page ?? (allowed.Length == 0 ? null : asked => Answers.NotAllowed(asked, allowed));
    }

    private static string Name(HttpContext context, string field = "path") => context.Request.Query[field].ToString();

    private string RunFolderOf(HttpContext context, string field = "path") =>
        _root.FolderAt(Name(context, field)) is { } path && FolderScan.KindOf(path) is ItemKind.Run or ItemKind.Model
            ? path
            : throw new NotHereException($"{Name(context, field)}: there is no such run in the folder; it was removed, renamed, or never there.");

    // Of the folder, or one that comes with the program, by its name.
    private string ModelFolderOf(HttpContext context) =>
        Name(context) is var name && name.StartsWith(PretrainedModels.Prefix, StringComparison.Ordinal)
            && PretrainedModels.Names.Contains(name[PretrainedModels.Prefix.Length..])
            ? Name(context)
            : RunFolderOf(context);

    private (string Name, RunView Run) NamedRun(HttpContext context, string field) => (Name(context, field), RunView.Read(RunFolderOf(context, field)));

    private Task Run(HttpContext context)
    {
        var name = Name(context);
        // A training that failed at once leaves its words and no folder.
        var path = _root.Resolve(name) is { } place && name.Length > 0 && TrainingLog.Read(place) is not null ? place : RunFolderOf(context);
        return Answers.Page(context, new RunPage(_root, _training).Text(name, path));
    }

    private Task Chart(HttpContext context)
    {
        var run = NamedRun(context, "path").Run;
        var chart = run.Config is null ? null : RunCharts.Draw(run.Folder, run.Config).FirstOrDefault(chart => chart.FileName == Name(context, "chart"));
        return Answers.Png(context,
            chart?.Png(Name(context, "dark") == "1" ? ChartTheme.Dark : ChartTheme.Light) ?? throw new NotHereException("There is no such chart."));
    }

    private Task FirstOf(HttpContext context) =>
        _root.FileAt(Name(context)) is { } path && path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) && FirstPicture.In(path) is { } picture
            ? Answers.Png(context, picture)
            : throw new NotHereException("There is no picture in it.");

    private async Task WithDataset(HttpContext context, Func<ImageDataset, Task> answer)
    {
        var path = _root.FolderAt(Name(context)) is { } folder && FolderScan.KindOf(folder) == ItemKind.Dataset
            ? folder
            : throw new NotHereException($"{Name(context)}: there is no such dataset in the folder; it was removed, renamed, or never there.");
        using var dataset = ImageDataset.Open(path);
        await answer(dataset);
    }

    private static Task Image(HttpContext context, ImageDataset dataset) =>
        Integer(context, "index") is { } index && index < dataset.Count
            ? Answers.Png(context, PngFile.Encode(new RgbImage(dataset.Size, dataset.Size, dataset.GetImage(index).ToArray())))
            : throw new NotHereException("There is no such image.");

    private static int? Integer(HttpContext context, string field) =>
        int.TryParse(Name(context, field), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DatasetView ViewOf(HttpContext context) => new(
        SplitNames.TryParse(Name(context, "split"), out var split) ? split : null,
        Integer(context, "class"), Integer(context, "page") ?? 1, Name(context, "discs") == "1");

    private async Task Train(HttpContext context)
    {
        var given = GivenForm.Fields(await GivenForm.Read(context));
        try
        {
            context.Response.Redirect(StudioPage.About("run", _training.Start(TrainingPage.Order(given))));
        }
        catch (InputException e)
        {
            await Answers.Page(context, new TrainingPage(_root, _training).Text(given, TrainingPage.ProblemOf(e)), StatusCodes.Status400BadRequest);
        }
    }

    private async Task StopTraining(HttpContext context)
    {
        var name = (await GivenForm.Read(context))["path"].ToString();
        _training.Stop(name);
        context.Response.Redirect(StudioPage.About("run", name));
    }
}
