using System.Globalization;
using System.Xml.Linq;
using Fovea.Core.Errors;
using Fovea.Reporting;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;
using Fovea.Studio.Folders;
using Fovea.Studio.Work;
using Fovea.Training.Configuration;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>A training as its files have it, kept up to date while it goes on.</summary>
/// <param name="root">The studio's folder.</param>
/// <param name="desk">Starts and stops trainings.</param>
internal sealed class RunPage(StudioRoot root, TrainingDesk desk)
{
    /// <summary>The page of a run that is there, or of a training that ended before there was one.</summary>
    /// <param name="name">The run.</param>
    /// <param name="path">Its folder.</param>
    internal string Text(string name, string path)
    {
        var log = TrainingLog.Read(path);
        if (!File.Exists(Path.Combine(path, RunFiles.Config))) return WithoutRun(name, log);
        var run = RunView.Read(path);
        var charts = Charts(name, run);
        return new StudioPage(run.Config is { } config && config.Name != name ? $"{Title(name)}: {config.Name}" : Title(name))
        {
            Header =
            [
                log?.Error is { } error && !run.IsTraining ? StudioPage.Trouble(error) : null,
                run.Problem is { } problem ? StudioPage.Trouble(problem) : null,
                Standing(name, run),
                Actions(name, path, run, log),
            ],
            Main =
            [
                Film("samples", "Generated images", name, run.Samples,
                    $"Always from the same noise, by the averaged weights{(run.Samples.Count > 1 ? "; drag the slider to see them form" : "")}."),
                Film("reconstructions", "Reconstructions", name, run.Reconstructions, "Held-out images above what the autoencoder makes of them."),
                charts.Count == 0 ? null : PageParts.Section("charts", "Charts", charts),
                Numbers(run),
                run.Config is { } settings ? Settings(name, settings) : null,
                log is null ? null : Messages(log),
            ],
        }.ToString();
    }

    private static string WithoutRun(string name, TrainingLog? log) => new StudioPage(Title(name))
    {
        Header =
        [
            log is { IsAlive: false } ? StudioPage.Trouble(log.Error ?? "The training ended and left no run.") : null,
            log is { IsAlive: true } ? Element("p", Attribute("data-reload", "2"), "The training begins …") : null,
        ],
        Main = [log is null ? null : Messages(log), Element("p", StudioPage.Link("/train", "Start a training"))],
    }.ToString();

    private static string Title(string name) => name.Length == 0 ? "This run" : name;

    private static XElement Standing(string name, RunView run) => Classed(
        "div", "standing",
        Attribute("data-run", StudioPage.About("run/events", name, $"&from={MetricsTail.WholeLength(run.Folder.Metrics)}")),
        Attribute("data-files", StudioPage.File(name, "")), Attribute("data-training", run.IsTraining ? "true" : "false"),
        Classed("p", "state", Attribute("role", "status"), run.IsTraining ? "Training goes on." : run.IsFinished ? "Finished." : "Stopped before its end."),
        run.Stages.Select(stage => Classed(
            "div", "stage", Attribute("data-stage", stage.Name), Attribute("data-planned", Plain(stage.Planned)),
            Element("span", stage.Name),
            Element("progress", Attribute("max", Plain(Math.Max(1, stage.Planned))), Attribute("value", Plain(stage.Steps)),
                Attribute("aria-label", $"steps of the {stage.Name}")),
            Classed("span", "steps", Steps(stage, run.IsTraining)))));

    private static string Steps(StageView stage, bool training) =>
        stage.Steps == 0 ? "not trained here"
        : $"step {Figures.Thousands(stage.Steps)} of {Figures.Thousands(stage.Planned)}"
            + (training && stage.SecondsLeft is { } left
                ? $", {Reporting.Figures.Number(stage.Rate!.Value)} steps/s, {Reporting.Figures.Duration(left, 2)} left" : "");

    private XElement Actions(string name, string path, RunView run, TrainingLog? log) => Classed(
        "div", "actions",
        File.Exists(run.Folder.Denoiser) ? StudioPage.Link($"/sample?model={Uri.EscapeDataString(name.Length == 0 ? "." : name)}", "Draw images") : null,
        File.Exists(run.Folder.Report) ? StudioPage.Link(StudioPage.File(name, "report.html"), "Report") : null,
        run.Config is { } config && RunCircuits.Has(config) ? StudioPage.Link(StudioPage.About("circuits", name), "Circuits") : null,
        log is { IsAlive: true } ? StudioPage.Button("/train/stop", "Stop (its state is saved)", ("path", name)) : null,
        !run.IsTraining && desk.Obstacle is null && name.Length > 0 && Directory.Exists(run.Folder.Checkpoints) && !(run.IsFinished && EndsByItself(run))
            ? StudioPage.Link($"/train?resume={Uri.EscapeDataString(name)}", run.IsFinished ? "Train it longer" : "Go on with it")
            : null,
        Others(name, path) is { Count: > 0 } others ? Compare(name, others) : null);

    // The end of such a training cannot be moved.
    private static bool EndsByItself(RunView run) => run.Config is { DenoiserTraining.Convergence: > 0 };

    private List<string> Others(string name, string path) =>
        [.. FolderScan.Find(root).Where(item => item.Kind is ItemKind.Run or ItemKind.Model && item.Name != name && root.Resolve(item.Name) != path)
            .Select(item => item.Name)];

    private static XElement Compare(string name, IReadOnlyList<string> others) => Element(
        "form", Attribute("method", "get"), Attribute("action", "/compare"),
            Element("input", Attribute("type", "hidden"), Attribute("name", "path"), Attribute("value", name)),
        Element("label", "Compare with ",
            Element("select", Attribute("name", "other"), others.Select(other => Element("option", Attribute("value", other), Title(other))))),
        Element("button", Attribute("type", "submit"), "Compare"));

    private static XElement? Film(string kind, string title, string name, IReadOnlyList<string> files, string caption)
    {
        if (files.Count == 0) return null;
        var last = files.Count - 1;
        return PageParts.Section(
            kind, title,
            Classed(
                "figure", "film", Attribute("data-film", kind),
                files.Select((file, place) => Element(
                    "img", Attribute("src", StudioPage.File(name, $"{kind}/{file}")), Attribute("alt", RunSummary.StepOf(file)), Attribute("loading", "lazy"),
                        place == last ? null : Attribute("hidden", "hidden"))),
                Classed(
                    "div", "slider", Attribute("hidden", "hidden"),
                    Element("input", Attribute("type", "range"), Attribute("min", "0"), Attribute("max", Plain(last)), Attribute("value", Plain(last)),
                        Attribute("aria-label", $"{title}: step"), last == 0 ? Attribute("hidden", "hidden") : null),
                    Element("output", RunSummary.StepOf(files[last]))),
                Element("figcaption", caption)));
    }

    /// <summary>Charts of a run, drawn when they are asked for.</summary>
    internal static IReadOnlyList<XElement> Charts(string name, RunView run) =>
        run.Config is null ? [] : [.. RunCharts.Draw(run.Folder, run.Config).Select(chart => Chart(name, chart))];

    private static XElement Chart(string name, ReportChart chart)
    {
        var address = StudioPage.About("run/chart.png", name, $"&chart={Uri.EscapeDataString(chart.FileName)}");
        return Element(
            "figure", Element("h3", chart.Title),
            Element(
                "picture", Element("source", Attribute("media", "(prefers-color-scheme: dark)"), Attribute("srcset", address + "&dark=1"),
                    Attribute("data-chart", "")),
                Element("img", Attribute("src", address), Attribute("alt", $"Chart: {chart.Title}. Its figures are in metrics.jsonl."),
                    Attribute("loading", "lazy"), Attribute("data-chart", ""))),
            Element("figcaption", chart.Caption));
    }

    private static XElement Numbers(RunView run) => PageParts.Section(
        "numbers", "Numbers",
        PlainTable.Draw(
            "Stages", ["stage", "steps", "loss", "held-out loss", "steps/s", "circuits moved by", "their share"],
            run.Stages.Where(stage => stage.Steps > 0).Select(stage => (IReadOnlyList<object?>)
            [
                stage.Name, $"{Figures.Thousands(stage.Steps)} of {Figures.Thousands(stage.Planned)}",
                Number(stage.Loss), Number(stage.HeldOut), Number(stage.Rate),
                stage.Displacement is { } moved ? $"{Number(moved)} rad" : Reporting.Figures.None, Number(stage.Share),
            ])),
        PageParts.Note(
            "Loss: mean over the last tenth of the logged steps. "
                + "Share: what the held-out loss rises by when the circuits get the angles of their start back."));

    private static XElement Settings(string name, RunConfig config) => PageParts.Section(
        "settings", "Settings",
        Element(
            "details", Element("summary", "All settings (config.toml)"),
            Classed("dl", "settings", config.Settings.SelectMany(setting => PageParts.Term(setting.Key, SettingsText.Value(setting.Value)))),
            Element("p", StudioPage.Link(StudioPage.File(name, RunFiles.Config), RunFiles.Config))));

    private static XElement Messages(TrainingLog log) => PageParts.Section(
        "messages", "Messages", Element("p", "Started by:"), StudioPage.Line(log.Command), log.Last.Count == 0 ? null
            : Classed("pre", "line", Attribute("tabindex", "0"), string.Join('\n', log.Last)));

    private static string Number(double? value) => value is { } number ? Reporting.Figures.Number(number) : Reporting.Figures.None;

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Two runs beside each other: in which settings they differ, and their charts.</summary>
internal static class ComparisonPage
{
    internal static string Text((string Name, RunView Run) here, (string Name, RunView Run) there)
    {
        var (ours, theirs) = (
            here.Run.Config ?? throw new InputException(here.Run.Problem!), there.Run.Config ?? throw new InputException(there.Run.Problem!));
        var differences = ours.DifferencesFrom(theirs);
        return new StudioPage($"{here.Name} beside {there.Name}")
        {
            Header =
            [
                Element("p", ours.DifferenceFrom(theirs) is null
                    ? "Nothing in which they differ matters to the weights: they are one training."
                    : "They differ in settings that matter to the weights."),
            ],
            Main =
            [
                PageParts.Section(
                    "differences", "Settings that differ",
                    differences.Count == 0
                        ? Element("p", "None.")
                        : PlainTable.Draw("Settings", ["setting", here.Name, there.Name],
                            differences.Select(setting => (IReadOnlyList<object?>)[setting.Key, setting.Here, setting.There]))),
                Classed("div", "beside",
                    new[] { here, there }.Select(
                        one => Element("section", Element("h2", StudioPage.Link(StudioPage.About("run", one.Name), one.Name)), Last(one.Name, one.Run),
                            RunPage.Charts(one.Name, one.Run)))),
            ],
        }.ToString();
    }

    private static XElement? Last(string name, RunView run) => run.Samples.Count == 0 ? null
        : Element("figure", Element(
            "img", Attribute("src", StudioPage.File(name, $"samples/{run.Samples[^1]}")), Attribute("alt", $"Generated images of {name}")));
}
