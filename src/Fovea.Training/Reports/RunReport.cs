using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Training.Reports;

/// <summary>
/// A run as one page, <c>report.html</c>, that needs no other file and no network: pictures over the steps, figures, charts, settings. Made
/// from the run's files alone, while it is trained and at its end.
/// </summary>
public sealed class RunReport(RunFolder folder, RunConfig config, ImageDataset dataset)
{
    private const int MostFrames = 24;
    private const long MostFilmBytes = 12 << 20;
    private const double LargestShare = 0.02; // of the time, while training goes on

    private const string ScreenRules = """
        .scroll { width: fit-content; max-width: 100%; margin: 1rem 0; }
        figure.film img { image-rendering: auto; min-width: min(100%, 26rem); }
        dl.settings dd { overflow-wrap: anywhere; white-space: pre-wrap; }
        @media (max-width: 40rem) {
          dl.settings { grid-template-columns: 1fr; }
          dl.settings dd { margin: 0 0 .4rem 1rem; }
          #charts picture { display: block; overflow-x: auto; }
          #charts img { width: 46rem; }
        }

        """;

    private readonly Lazy<RunSize> _size = new(() => RunSize.Measure(config, dataset));
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private TimeSpan _cost;
    private bool _failed;

    /// <summary>Told once when the page cannot be written.</summary>
    public Action<string>? Announce { get; init; }

    /// <summary>Writes the page unless the last one is so recent that writing it again would slow the training.</summary>
    public void WriteNowAndThen()
    {
        if (_sinceLast.Elapsed * LargestShare >= _cost) Write();
    }

    /// <summary>Writes the page. What goes wrong is told, once, and does not stop the training.</summary>
    public void Write()
    {
        var clock = Stopwatch.StartNew();
        try
        {
            AtomicFile.WriteText(folder.Report, Text());
        }
        catch (Exception e)
        {
            if (!_failed)
                Announce?.Invoke($"warning: {folder.Report}: cannot be written ({e.Message.ReplaceLineEndings(" ")}); the training goes on without it");
            _failed = true;
        }

        _cost = clock.Elapsed;
        _sinceLast.Restart();
    }

    private string Text()
    {
        var summary = RunSummary.Read(folder, config, _size.Value);
        PageChart[] charts = [.. RunCharts.Draw(folder, config).Select(PageChart.Draw)];
        return new Page($"Run {config.Name}", PageStyle.Text(ScreenRules))
        {
            Header = [Element("p", Standing(summary))],
            Main =
            [
                Films(summary),
                Numbers(summary),
                PageParts.Section("charts", "Charts", charts.Select(chart => PageParts.Figure(chart, "Its figures are in metrics.jsonl, beside this page."))),
                Settings(),
            ],
            Footer = "Made from the files beside this page: metrics.jsonl, samples, reconstructions, reconstruction.json, config.toml.",
        }.ToString();
    }

    private static string Standing(RunSummary summary) => string.Join("; ", summary.Stages.Select(stage => stage.Steps switch
    {
        0 => $"{stage.Name}: not trained here",
        _ when stage.Steps >= stage.Planned => $"{stage.Name}: {RunSummary.WholeNumber(stage.Steps)} steps, done",
        _ => $"{stage.Name}: {RunSummary.WholeNumber(stage.Steps)} of {RunSummary.WholeNumber(stage.Planned)} steps",
    })) + ".";

    private static XElement Films(RunSummary summary) => PageParts.Section(
        "pictures", "Pictures",
        Film("Generated images", summary.Samples, "Always from the same noise, by the averaged weights; drag the slider to see them form."),
        Film(
            "Reconstructions",
            summary.Reconstructions,
            "Held-out images above what the autoencoder makes of them: generated images cannot be sharper than that."),
        summary.Samples.Count + summary.Reconstructions.Count == 0 ? PageParts.Note("None were drawn yet; run.grid_every says when.") : null);

    private static object[] Film(string title, IReadOnlyList<string> pictures, string caption)
    {
        var frames = Frames(pictures);
        return frames.Count == 0 ? [] : [
            Element("h3", title),
            PageParts.Film(
                $"{title}: step",
                frames.Count == 1 ? caption.Replace("; drag the slider to see them form", "", StringComparison.Ordinal) : caption,
                frames),
        ];
    }

    // Evenly picked and the last among them, so many that a page stays small enough to send.
    private static List<(string Label, byte[] Png)> Frames(IReadOnlyList<string> pictures)
    {
        var most = Math.Min(pictures.Count, MostFrames);
        if (most == 0) return [];
        most = (int)Math.Clamp(MostFilmBytes / Math.Max(1, new FileInfo(pictures[^1]).Length), 1, most);
        var picked = Enumerable.Range(1, most).Select(i => pictures[(int)((long)i * pictures.Count / most) - 1]);
        return [.. picked.Select(path => (RunSummary.StepOf(path), File.ReadAllBytes(path)))];
    }

    private static XElement Numbers(RunSummary summary)
    {
        var table = PlainTable.Draw(
            "Stages", ["stage", "parameters", "steps", "time", "loss", "held-out loss", "circuits evaluated"],
            summary.Stages.Select(stage => (IReadOnlyList<object?>)
            [
                stage.Name, RunSummary.WholeNumber(stage.Parameters),
                $"{RunSummary.WholeNumber(stage.Steps)} of {RunSummary.WholeNumber(stage.Planned)}",
                Reporting.Figures.Duration(stage.Seconds),
                RunSummary.Number(stage.Loss), RunSummary.Number(stage.HeldOut), RunSummary.WholeNumber(stage.Circuits),
            ]));
        return PageParts.Section(
            "numbers", "Numbers", table,
            PageParts.Note(
                "Loss: mean over the last tenth of the logged steps. Held-out loss: of the averaged weights on validation images, at the last checkpoint."),
            summary.Reconstruction is { } quality ? Element("p", $"{char.ToUpperInvariant(quality.ToString()[0])}{quality.ToString()[1..]}.") : null);
    }

    private XElement Settings() => PageParts.Section(
        "settings", "Settings",
        Classed("dl", "settings", Terms().SelectMany(term => PageParts.Term(term.Name, term.Value))),
        Element(
            "details",
            Element("summary", "All settings (config.toml)"),
            Classed(
                "dl",
                "settings",
                config.Settings.SelectMany(setting => PageParts.Term(setting.Key, SettingsText.Value(setting.Value))))));

    private IEnumerable<(string Name, string Value)> Terms()
    {
        var counts = new[] { Split.Train, Split.Val, Split.Test }.Select(split => $"{RunSummary.WholeNumber(dataset.IndicesOf(split).Count)} {split.ToName()}");
        yield return (
            "dataset", $"{RunSummary.WholeNumber(dataset.Count)} images of {dataset.Size} px ({string.Join(", ", counts)}), content {dataset.ContentHash}");
        if (dataset.ClassNames.Count > 0) yield return ("classes", string.Join(", ", dataset.ClassNames));
        yield return ("seed", config.Seed.ToString(CultureInfo.InvariantCulture));
        (string, int)[] stages = [(StageNames.Autoencoder, config.AutoencoderTraining.Steps), (StageNames.Denoiser, config.DenoiserTraining.Steps)];
        foreach (var (stage, steps) in stages)
        {
            if (folder.ScheduleOf(stage, steps).Segments is { Count: > 1 } segments)
            {
                yield return (
                    $"{stage} schedule",
                    string.Join(
                        "; ",
                        segments.Select(
                            segment => $"from step {RunSummary.WholeNumber(segment.Start)} to {RunSummary.WholeNumber(segment.End)}")));
            }
        }

        if (RunData.Read(folder)?.Init is { } initial) yield return ("initial weights", $"the averaged ones of {initial.Run}");
    }
}
