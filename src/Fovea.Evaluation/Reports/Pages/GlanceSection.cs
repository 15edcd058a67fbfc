using System.Globalization;
using System.Xml.Linq;
using Fovea.Evaluation.Results;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Evaluation.Reports.Pages;

/// <summary>What a reader sees first: generated beside real images, and a row of gauges, each with the place where real images stand.</summary>
internal static class GlanceSection
{
    /// <summary>The rules of its parts.</summary>
    public const string ScreenRules = """
        .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.5rem; }
        .beside figure { margin: 0; }
        .beside figure.picture img { width: 100%; }
        .gauges { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 1.25rem 2rem; margin: 1.5rem 0 1rem; }
        .gauge .name { font-weight: 600; }
        .gauge .value { font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .gauge .track { position: relative; height: .9rem; border-radius: .45rem; background: var(--soft); border: 1px solid var(--line); margin: .25rem 0; }
        .gauge .track span { position: absolute; top: 0; bottom: 0; }
        .gauge .range { background: #D55E00; opacity: .35; border-radius: .45rem; min-width: 2px; }
        .gauge .dot { width: .9rem; margin-left: -.45rem; background: #D55E00; border-radius: 50%; }
        .gauge .track .mark { width: .25rem; margin-left: -.125rem; background: #0072B2; top: -.3rem; bottom: -.3rem; }
        .gauge .ends { display: flex; justify-content: space-between; font-size: .75rem; color: var(--faint); }
        .gauge .about { font-size: .85rem; color: var(--faint); }
        @media print {
          .gauge .track span, .gauge .track { print-color-adjust: exact; }
          .beside { grid-template-columns: 1fr 1fr; }
          .beside figure.picture img { max-height: 60mm; width: auto; }
        }

        """;

    /// <summary>The section; null where there is neither a picture nor a gauge.</summary>
    public static XElement? Build(EvaluationResult result)
    {
        XElement[] pictures =
        [
            .. new[]
            {
                PicturesSection.Picture(result.Pictures.Generated, "Generated images", "Generated images, not chosen."),
                PicturesSection.Picture(result.Pictures.Real, "Real images", "Real images that the generated ones are compared with."),
            }.OfType<XElement>(),
        ];
        Gauge[] gauges = [.. Gauges(result)];
        return pictures.Length == 0 && gauges.Length == 0 ? null : PageParts.Section(
            "glance", "At a glance",
            pictures.Length == 0 ? null : Classed("div", "beside", pictures),
            gauges.Length == 0 ? null : Classed("div", "gauges", gauges.Select(gauge => gauge.Draw())),
            gauges.Length == 0 ? null : PageParts.Note(
                "Orange: generated images, with the interval or spread. Blue: where real images stand. Each figure has its section below, "
                    + "with its definition at the end."));
    }

    private static IEnumerable<Gauge> Gauges(EvaluationResult result)
    {
        if (result.Gradability is { Generated.Total: > 0, Real.Total: > 0 } gradability)
        {
            var (share, real) = (gradability.Generated.Share, gradability.Real.Share);
            yield return new("gradable", $"by {gradability.Grader}; real images", share.Value, share.Interval, real.Value);
        }

        foreach (var (network, floor) in
                result.Features.Where(judgement => judgement.SupportFloor is not null).Select(judgement => (judgement.Network.Name, judgement.SupportFloor!)))
        {
            yield return new(
                "recall",
                $"by {network}, {floor.Images} a side; real images",
                floor.GeneratedRecall.Mean, Spread(floor.GeneratedRecall), floor.RealRecall.Mean);
            yield return new(
                "coverage",
                $"by {network}, {floor.Images} a side; real images",
                floor.GeneratedCoverage.Mean, Spread(floor.GeneratedCoverage), floor.RealCoverage.Mean);
        }

        if (result.TwoSample is { } told)
        {
            yield return new(
                "told from real", "by a small network; real from real", told.Generated.Value, told.Generated.Interval,
                told.Real?.Value ?? TwoSampleAccuracy.Chance)
            {
                From = TwoSampleAccuracy.Chance,
            };
        }

        // The space in which generated images lie nearest to training images.
        if (result.Memorisation.MaxBy(judgement => judgement.Report.BelowFifth.Share / judgement.Report.BelowFifth.Expected) is not { } copies) yield break;
        var near = copies.Report.BelowFifth;
        yield return new("near copies", $"by {copies.Space}; of a generator that copies nothing", near.Share, near.Interval, near.Expected)
        {
            To = Math.Min(1, Math.Ceiling(20 * Math.Max(3 * near.Expected, near.Interval.High)) / 20),
        };
    }

    private static Interval Spread(MeanOfSplits mean) =>
        new(Math.Max(0, mean.Mean - mean.StandardDeviation), Math.Min(1, mean.Mean + mean.StandardDeviation));

    /// <summary>A share on its scale, beside that of real images.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="About">By whom, and what the mark is.</param>
    /// <param name="Value">Of generated images.</param>
    /// <param name="Range">Its interval or spread.</param>
    /// <param name="Mark">Of real images.</param>
    private sealed record Gauge(string Name, string About, double Value, Interval? Range, double Mark)
    {
        /// <summary>Where the scale begins.</summary>
        public double From { get; init; }

        /// <summary>Where it ends.</summary>
        public double To { get; init; } = 1;

        public XElement Draw()
        {
            var about = $"{About} {Numbers.Percent(Mark)}";
            return Classed(
                "div", "gauge", Attribute("role", "img"), Attribute("aria-label", $"{Name} {about}: generated images {Numbers.Percent(Value)}"),
                Classed("div", "name", Name),
                Classed("div", "value", Numbers.Percent(Value)),
                Classed(
                    "div", "track",
                    Range is { } range ? Classed("span", "range", Style($"left: {Place(range.Low)}; right: calc(100% - {Place(range.High)})")) : null,
                    Classed("span", "dot", Style($"left: {Place(Value)}")),
                    Classed("span", "mark", Style($"left: {Place(Mark)}"))),
                Classed("div", "ends", Element("span", Numbers.Percentile(From)), Element("span", Numbers.Percentile(To))),
                Classed("div", "about", about));
        }

        private string Place(double value) =>
            string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Clamp((value - From) / (To - From), 0, 1):0.##}%");

        private static XAttribute Style(string rules) => Attribute("style", rules);
    }
}
