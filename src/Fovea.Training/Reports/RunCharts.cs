using Fovea.Reporting.Charts;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using ScottPlot;

namespace Fovea.Training.Reports;

/// <summary>Charts of a run's log: losses, learning rates, norms of gradients and displacements of angles over the steps, a panel a stage.</summary>
public static class RunCharts
{
    private const int MostPoints = 300;
    private const int PanelWidth = 520;
    private const int PanelHeight = 300;
    private const int LegendHeight = 44;
    private const string Displacement = "circuit_displacement";
    private const string Share = "circuit_share";
    private const string Use = "middle_use";
    private const string NormLabel = "norm"; // circuits' are often far below the others
    private const double LogarithmicFrom = 20; // largest by smallest value

    /// <summary>The charts that there is something to draw in.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="config">Its configuration.</param>
    public static IEnumerable<ReportChart> Draw(RunFolder folder, RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(config);
        var histories = StageNames.All.Select(stage => (Stage: stage, History: new MetricsHistory(folder.Metrics, stage)))
            .Where(entry => entry.History.LastStep > 0)
            .ToArray();
        if (histories.Length == 0) yield break;
        yield return Chart(
            "loss", "Loss", histories, "loss", _ => [("training", "loss"), ("held out", "held_out_loss")],
            "Training: the loss of each step, as its batch and noise had it, in means over a few steps. Held out: the same loss of the averaged "
                + "weights on validation images and, "
                + "for the denoiser, always with the same noise. The training loss of the autoencoder holds the discriminator's term too, where there is one.");
        yield return Chart(
            "rate", "Learning rate", histories, "learning rate", _ => [("learning rate", "learning_rate")],
            "Linear warm-up, then a half cosine to a tenth. A run that was told to train longer has it laid anew from there.");
        yield return Chart(
            "gradients", "Norms of gradients", histories, NormLabel,
            history => [("all parameters", "gradient_norm"), .. Circuits(history, "circuit_gradient_norm")],
            GradientCaption(histories, config));
        if (histories.Any(entry => Circuits(entry.History, Displacement).Any()))
        {
            yield return Chart(
                "displacement", "How far the circuits' angles moved", histories, "radians", history => Circuits(history, Displacement),
                "Root mean square of the angles' displacement from their random start, modulo 2π. Angles that stay where they were are "
                    + "circuits that were not trained.");
        }

        if (histories.Any(entry => entry.History.Names.Contains(Share)))
        {
            yield return Chart(
                "share", "What the circuits are used for", histories, "rise of the held-out loss", _ => [("angles of the start", Share), ("a constant", Use)],
                "What the held-out loss rises by when all circuits get the angles of their start back, and when they give the mean of their "
                    + "numbers whatever they are asked. "
                    + "Near 0, the network makes no use of what the circuits learnt, or of the circuits.");
        }
    }

    private static string GradientCaption((string, MetricsHistory History)[] histories, RunConfig config) =>
        "Euclidean norms before clipping at 1. " + (histories.Any(entry => Circuits(entry.History, "circuit_gradient_norm").Any())
            ? "Circuit weights stand apart: a norm that falls to nothing there and not elsewhere is what barren circuits look like."
            : config.Quantum.Enabled ? "No circuit weights are trained in this run." : "The run is classical: there are no circuits.");

    private static IEnumerable<(string Name, string Key)> Circuits(MetricsHistory history, string all)
    {
        string[] names = [.. history.Names.Where(name => name.StartsWith(all, StringComparison.Ordinal))];
        return names.Length <= 1
            ? names.Select(name => ("circuits", name))
            : names.Where(name => name != all).Select(name => (name[(all.Length + 1)..], name)).Take(SeriesLook.Hues - 1);
    }

    private static ReportChart Chart(
        string name, string title, (string Stage, MetricsHistory History)[] stages, string yLabel,
        Func<MetricsHistory, IEnumerable<(string Name, string Key)>> curves, string caption) =>
        new($"{name}.png", title, caption, theme =>
        {
            string[] labels = [.. stages.SelectMany(stage => curves(stage.History)).Select(curve => curve.Name).Distinct()];
            var plots = stages.Select(
                stage => Panel(
                    stage.Stage,
                    yLabel,
                    curves(stage.History).Select(
                        curve => (Array.IndexOf(labels, curve.Name), stage.History.Series(curve.Key, MostPoints))),
                    theme));
            var width = stages.Length == 1 ? 2 * PanelWidth : PanelWidth;
            var legend = labels.Select(
                (label, place) => new LegendItem { LabelText = label, LabelFontColor = theme.Ink, LineColor = SeriesLook.Color(place), LineWidth = 2 });
            return new PanelGrid(stages.Length, width, PanelHeight, LegendHeight).Png([.. plots], legend, theme);
        });

    private static Plot Panel(string title, string yLabel, IEnumerable<(int Place, (double[] Xs, double[] Ys) Points)> curves, ChartTheme theme)
    {
        var drawn = curves.Where(curve => curve.Points.Xs.Length > 0).ToArray();
        double[] all = [.. drawn.SelectMany(curve => curve.Points.Ys)];
        var logarithmic = yLabel == NormLabel && all.Length > 0 && all.Min() > 0 && all.Max() / all.Min() >= LogarithmicFrom;
        var plot = theme.NewPlot(title, "step", logarithmic ? $"{yLabel} (logarithmic)" : yLabel);
        foreach (var (place, (xs, ys)) in drawn)
        {
            var line = plot.Add.Scatter(xs, logarithmic ? [.. ys.Select(Math.Log10)] : ys, SeriesLook.Color(place));
            (line.LineWidth, line.MarkerSize) = (2, xs.Length < 20 ? 6 : 0);
        }

        if (logarithmic)
        {
            plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
            {
                LabelFormatter = exponent => ChartNumbers.Text(Math.Pow(10, exponent), 2),
            };
        }
        else if (all.Length > 0)
        {
            plot.Axes.SetLimitsY(Math.Min(0, all.Min()), all.Max() > 0 ? 1.06 * all.Max() : 1);
        }
        return plot;
    }
}
