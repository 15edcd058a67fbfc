using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Reporting;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;

namespace Fovea.Training.Reports;

/// <summary>A stage of a run in figures.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Steps">Steps done, as logged; 0 where the stage was not trained here.</param>
/// <param name="Planned">Steps that the configuration asks for, or that it ends at by its rule of convergence.</param>
/// <param name="Seconds">Time of them.</param>
/// <param name="Loss">Mean training loss over the last tenth of the logged steps.</param>
/// <param name="HeldOut">The last loss on held-out images.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="Circuits">Circuits evaluated forward by the steps done.</param>
public sealed record StageSummary(string Name, long Steps, int Planned, double Seconds, double? Loss, double? HeldOut, long Parameters, long Circuits);

/// <summary>What a run came to: its stages, its reconstructions and its pictures.</summary>
public sealed record RunSummary
{
    private static readonly string[] Headings = ["stage", "steps", "time", "loss", "held out", "circuits"];

    /// <summary>The stages.</summary>
    public required IReadOnlyList<StageSummary> Stages { get; init; }

    /// <summary>How well the autoencoder reconstructs; null where it was not measured here.</summary>
    public required ReconstructionQuality? Reconstruction { get; init; }

    /// <summary>Grids of generated images by their steps, the oldest first.</summary>
    public required IReadOnlyList<string> Samples { get; init; }

    /// <summary>Grids of reconstructions by their steps, the oldest first.</summary>
    public required IReadOnlyList<string> Reconstructions { get; init; }

    /// <summary>Reads a run's files.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="size">The size of its networks.</param>
    public static RunSummary Read(RunFolder folder, RunConfig config, RunSize size)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(size);
        return new RunSummary
        {
            Stages =
            [
                Stage(folder, StageNames.Autoencoder, config.AutoencoderTraining.Steps, size.AutoencoderParameters, size.AutoencoderCircuits),
                Stage(folder, StageNames.Denoiser, config.DenoiserTraining.Steps, size.DenoiserParameters, size.DenoiserCircuits),
            ],
            Reconstruction = Quality(folder),
            Samples = Pictures(folder.Samples),
            Reconstructions = Pictures(folder.Reconstructions),
        };
    }

    /// <summary>The stages as rows of a table for a terminal of 80 columns, under their headings.</summary>
    public IEnumerable<string> Lines() => AlignedRows.Lines(
    [
        Headings,
        .. Stages.Where(stage => stage.Steps > 0).Select(stage => (string[])
        [
            stage.Name, WholeNumber(stage.Steps), Figures.Duration(stage.Seconds), Number(stage.Loss), Number(stage.HeldOut),
            stage.Circuits == 0 ? Figures.None : Figures.Number(stage.Circuits),
        ]),
    ]);

    internal static string WholeNumber(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Number(double? value) => value is { } number ? Figures.Number(number) : Figures.None;

    private static StageSummary Stage(RunFolder folder, string name, int planned, long parameters, long circuits)
    {
        var history = new MetricsHistory(folder.Metrics, name);
        var steps = history.LastStep;
        return new StageSummary(
            name, steps,
            (int)(history.Last(RunLog.EndFigure) ?? planned),
            StageTime.Seconds(folder.Metrics, name), history.MeanOfEnd("loss"), history.Last("held_out_loss"),
            parameters, steps * circuits);
    }

    private static ReconstructionQuality? Quality(RunFolder folder)
    {
        try
        {
            return File.Exists(folder.ReconstructionQuality) ? ReconstructionQuality.Read(folder.ReconstructionQuality) : null;
        }
        catch (InputException)
        {
            return null; // the run measures it again
        }
    }

    /// <summary>The grids in one of a run's folders, by their steps.</summary>
    public static IReadOnlyList<string> Pictures(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*-????????.png").Order(StringComparer.Ordinal)] : [];

    /// <summary>The step that a grid was drawn after, in words; the file's name where it tells none.</summary>
    public static string StepOf(string picture) =>
        long.TryParse(Path.GetFileNameWithoutExtension(picture)[^8..], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? $"step {WholeNumber(step)}" : Path.GetFileName(picture);
}
