using System.Diagnostics;
using Fovea.Core;
using Fovea.Core.Files;
using Fovea.Evaluation.Parts;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Study.Definitions;
using Fovea.Study.Planning;
using Fovea.Study.Results;
using Fovea.Torch.Runtime;
using Fovea.Training;
using Fovea.Training.Evaluation;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Study.Cells;

/// <summary>Runs one cell from its data to its result. What was done before is not done again.</summary>
internal sealed class CellRun(StudyContext context, StudyCell cell)
{
    private readonly string _work = context.Folder.WorkOf(cell.Name);
    private readonly StudySampling _sampling = context.Plan.Definition.Sampling;

    private string Run => context.RunOf(cell);

    private string Samples => Path.Combine(_work, "samples");

    /// <summary>Trains, samples, judges, and writes picture and result last.</summary>
    /// <param name="force">Whether unfinished work with other settings may be thrown away.</param>
    /// <param name="cancellation">Interrupts it; nothing that was finished is lost.</param>
    public void Execute(bool force, CancellationToken cancellation)
    {
        CellFolders.Prepare(_work, cell, force);
        // What is there was made with other settings, and is to be made again even when this is interrupted.
        if (File.Exists(context.Folder.ResultOf(cell.Name))) File.Delete(context.Folder.ResultOf(cell.Name));
        TorchRuntime.Initialize(context.Threads);
        var data = TrainingSubset.For(context, cell, cancellation);
        var autoencoder = new AutoencoderShelf(context).Get(cell, data, cancellation);
        if (!IsTrained()) Train(data, autoencoder, cancellation);
        var result = Judge(data, autoencoder, cancellation);
        Directory.CreateDirectory(context.Folder.Cells);
        if (_sampling.Draws)
            ImageGrid.Write(context.Folder.PictureOf(cell.Name), CellSampler.Read(Samples, _sampling.Grid), cell.Config.Size, cell.Config.Size);
        CellResults.Write(context.Folder.Path, result);
        if (File.Exists(context.Folder.FailureOf(cell.Name))) File.Delete(context.Folder.FailureOf(cell.Name));
        CellFolders.RemoveCheckpoints(Run);
    }

    private void Train(string data, string autoencoder, CancellationToken cancellation)
    {
        var request = new TrainingRequest { Dataset = data, Output = Run, Resume = true, Autoencoder = autoencoder };
        new TrainingRun(context.Here(cell.Config), request) { Announce = context.Announce }.Execute(context.Progress, cancellation);
        new AutoencoderShelf(context).KeepLatents(cell);
    }

    // Without its checkpoints, which go when a cell is finished, a run would begin again.
    private bool IsTrained()
    {
        var path = Path.Combine(Run, RunFiles.Denoiser);
        if (!File.Exists(path)) return false;
        var (model, metadata) = DenoiserFile.Load(path, cell.Config);
        model.Dispose();
        return metadata.IsFinishedFor(cell.Config);
    }

    private CellResult Judge(string data, string autoencoder, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var run = RunFolder.Open(Run);
        using var model = TrainedModel.Load(run, cell.Config);
        var images = _sampling.Draws ? JudgeImages(model, data, cancellation) : ImageFigures.None;
        var heldOut = HeldOut(model, cancellation);
        return new CellResult
        {
            Format = CellResult.CurrentFormat,
            Cell = cell.Name,
            Arm = cell.Arm.Name,
            Size = cell.Size.Name,
            TrainingImages = cell.Images,
            Seed = cell.Seed,
            Fingerprint = cell.Fingerprint,
            ConfigHash = cell.ConfigHash,
            DataHash = context.Plan.DataHash,
            Version = CellFingerprint.Version,
            Protocol = context.Plan.Definition.Protocol?.Hash,
            Costs = Costs(autoencoder, (int)model.DenoiserMetadata.Steps, clock.Elapsed.TotalSeconds),
            Reconstruction = Reconstruction(autoencoder),
            HeldOutLoss = heldOut.Count > 0 ? CellFigures.MeanOf(heldOut) : null,
            Circuits = Circuits(run),
            Middles = Middles(run),
            AutoencoderHash = FileHash.Compute(run.Autoencoder),
            Distances = images.Distances,
            Gradability = images.Gradability,
            Copies = images.Copies,
            Noise = images.Noise,
        };
    }

    private ImageFigures JudgeImages(TrainedModel model, string data, CancellationToken cancellation)
    {
        CellFolders.Claim(Samples, cell.SampleKey);
        new CellSampler(model, _sampling.Seed, context.Progress).Draw(Samples, _sampling.Count, cancellation);
        using var judge = new SetJudge(CellJudging.Request(context, data));
        var judgement = judge.Judge(Samples, copies: true, cancellation);
        var (real, reconstructed) = (judge.RateReal(cancellation), judge.RateReconstructed(Run, cancellation));
        return new(
            [.. judgement.Features.Select(CellFigures.Of)],
            CellFigures.Of(judge, judgement.Gradability, real, reconstructed),
            [.. judgement.Memorisation.Select(CellFigures.Of)],
            cell.HasNoise ? new CellNoiseLevels(context, cell, model, judge).Measure(Samples, cancellation) : []);
    }

    private static CellCircuits? Circuits(RunFolder run)
    {
        var history = new MetricsHistory(run.Metrics, StageNames.Denoiser);
        return history.Last("circuit_displacement") is { } displacement ? new(displacement, history.Last("circuit_share")) : null;
    }

    private static CellMiddles? Middles(RunFolder run)
    {
        var history = new MetricsHistory(run.Metrics, StageNames.Denoiser);
        return history.Last("middle_use") is { } use && history.Last("middle_deviation") is { } deviation ? new(use, deviation) : null;
    }

    private IReadOnlyList<double> HeldOut(TrainedModel model, CancellationToken cancellation)
    {
        using var dataset = ImageDataset.Open(context.Dataset);
        return HeldOutLoss.Measure(cell.Config, model, dataset, Split.Val, _sampling.Seed, cancellation);
    }

    private CellCosts Costs(string autoencoder, int denoiserSteps, double judging)
    {
        var (size, config) = (context.Plan.Sizes[cell.Arm.Name], cell.Config);
        return new CellCosts
        {
            AutoencoderParameters = size.AutoencoderParameters,
            DenoiserParameters = size.DenoiserParameters,
            LayerParameters = size.LayerParameters,
            AutoencoderSteps = config.AutoencoderTraining.Steps,
            DenoiserSteps = denoiserSteps,
            CircuitsEvaluated = (size.AutoencoderCircuits * config.AutoencoderTraining.Steps) + (size.DenoiserCircuits * denoiserSteps),
            AutoencoderSeconds = StageTime.Seconds(Path.Combine(autoencoder, RunFiles.Metrics), StageNames.Autoencoder),
            DenoiserSeconds = StageTime.Seconds(Path.Combine(Run, RunFiles.Metrics), StageNames.Denoiser),
            JudgingSeconds = judging,
            Threads = Workers.Count(context.Threads),
        };
    }

    private static CellReconstruction Reconstruction(string autoencoder)
    {
        using var run = RunFolder.Open(autoencoder);
        var quality = ReconstructionQuality.Read(run.ReconstructionQuality);
        return new(quality.Images, quality.Psnr, quality.Ssim, quality.SsimRange);
    }

    /// <summary>What a cell's drawn images gave; nothing where none are drawn.</summary>
    private sealed record ImageFigures(
        IReadOnlyList<CellDistances> Distances, CellGradability? Gradability, IReadOnlyList<CellCopies> Copies, IReadOnlyList<CellNoise> Noise)
    {
        public static ImageFigures None { get; } = new([], null, [], []);
    }
}
