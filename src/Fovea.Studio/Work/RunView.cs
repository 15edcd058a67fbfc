using Fovea.Core.Errors;
using Fovea.Training.Configuration;
using Fovea.Training.Reports;
using Fovea.Training.Runs;

namespace Fovea.Studio.Work;

/// <summary>A run as its files have it now, also where some are missing or damaged.</summary>
internal sealed record RunView
{
    /// <summary>The run.</summary>
    internal required RunFolder Folder { get; init; }

    /// <summary>Its configuration; null where it cannot be read.</summary>
    internal RunConfig? Config { get; init; }

    /// <summary>Why the configuration cannot be read; null where it can.</summary>
    internal string? Problem { get; init; }

    /// <summary>Whether a process trains in it now.</summary>
    internal bool IsTraining { get; init; }

    /// <summary>Its stages.</summary>
    internal required IReadOnlyList<StageView> Stages { get; init; }

    /// <summary>Grids of generated images, the oldest first, as file names.</summary>
    internal required IReadOnlyList<string> Samples { get; init; }

    /// <summary>Grids of reconstructions, the oldest first, as file names.</summary>
    internal required IReadOnlyList<string> Reconstructions { get; init; }

    /// <summary>Whether both stages are at their ends: an autoencoder that was taken over is, and a denoiser where the decoder alone is trained.</summary>
    internal bool IsFinished => Stages.All(
        stage => stage.Steps >= stage.Planned
            || (stage.Steps == 0 && (stage.Name == StageNames.Autoencoder
                ? File.Exists(Folder.Autoencoder) : Config is { AutoencoderTraining.DecoderOnly: true } && File.Exists(Folder.Denoiser))));

    /// <summary>Reads a run.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="InputException">It is none.</exception>
    internal static RunView Read(string path)
    {
        var folder = RunFolder.Open(path);
        var (config, problem) = ReadConfig(folder.Config);
        return new RunView
        {
            Folder = folder,
            Config = config,
            Problem = problem,
            IsTraining = folder.IsInTraining,
            Stages = [.. StageNames.All.Select(stage => StageView.Read(folder, config, stage))],
            Samples = Grids(folder.Samples),
            Reconstructions = Grids(folder.Reconstructions),
        };
    }

    /// <summary>The grids in a folder, by their steps.</summary>
    internal static IReadOnlyList<string> Grids(string folder) =>
        [.. RunSummary.Pictures(folder).Select(path => Path.GetFileName(path))];

    private static (RunConfig? Config, string? Problem) ReadConfig(string path)
    {
        try
        {
            return (RunConfigReader.FromFile(path), null);
        }
        catch (InputException e)
        {
            return (null, e.Message);
        }
    }
}

/// <summary>A stage of a run as its log has it.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Steps">Steps logged; 0 where it was not trained here.</param>
/// <param name="Planned">Steps that the configuration asks for, or that it ends at by its rule of convergence; 0 where that cannot be read.</param>
/// <param name="Loss">Mean loss over the last tenth of the logged steps.</param>
/// <param name="HeldOut">The last loss on held-out images.</param>
/// <param name="Rate">Steps a second, at the last logged one.</param>
/// <param name="Displacement">How far the circuits' angles moved, in radians; null without trained circuits.</param>
/// <param name="Share">What the held-out loss rises by with the angles of the start; null where it was not measured.</param>
internal sealed record StageView(string Name, long Steps, int Planned, double? Loss, double? HeldOut, double? Rate, double? Displacement, double? Share)
{
    /// <summary>Seconds to its end at the present rate; null where that is not known or reached.</summary>
    internal double? SecondsLeft => Rate > 0 && Steps > 0 && Steps < Planned ? (Planned - Steps) / Rate : null;

    internal static StageView Read(RunFolder folder, RunConfig? config, string stage)
    {
        var history = new MetricsHistory(folder.Metrics, stage);
        var planned = stage == StageNames.Autoencoder ? config?.AutoencoderTraining.Steps : config?.DenoiserTraining.Steps;
        return new StageView(
            stage, history.LastStep, (int)(history.Last(RunLog.EndFigure) ?? planned ?? 0), history.MeanOfEnd("loss"), history.Last("held_out_loss"),
            history.Last("steps_per_second"), history.Last("circuit_displacement"), history.Last("circuit_share"));
    }
}
