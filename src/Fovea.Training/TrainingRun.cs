using System.Text.Json;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Devices.Profiles;
using Fovea.Imaging.Datasets;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Layers;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;

namespace Fovea.Training;

/// <summary>A whole training run: autoencoder, latents, denoiser.</summary>
public sealed class TrainingRun(RunConfig config, TrainingRequest request)
{
    private static readonly JsonSerializerOptions IndentedJson = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Told about parameter counts and stages as they begin.</summary>
    public Action<string>? Announce { get; init; }

    /// <summary>What it computes with; null to start what the configuration asks for, as programs do that use this as a library.</summary>
    public ComputeContext? Compute { get; init; }

    /// <summary>Trains what the request asks for.</summary>
    /// <exception cref="InputException">Configuration, dataset and folders do not fit together.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the run can be resumed.</exception>
    /// <exception cref="DivergenceException">The loss was not finite.</exception>
    public void Execute(IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        using var dataset = ImageDataset.Open(request.Dataset);
        CheckDataset(dataset);
        var compute = Compute ?? RunFolder.StartCompute(request.Output, config, request.Resume);
        config = config.With(compute);
        if (config.AutoencoderTraining.DecoderOnly) RequireEncoder();
        if (request.Autoencoder is { } adopted) AdoptedAutoencoder.Require(adopted, config);
        else if (request.Stage is TrainingStage.Denoiser) RequireAutoencoder();
        if (request.Init is { } initial) InitialWeights.Require(initial, config, TrainsAutoencoderAlone);
        TrainingNoise.Require(config);
        using var folder = RunFolder.ForTraining(request.Output, config, request.Resume, opened => Prepare(opened, dataset));
        foreach (var change in folder.Changes) Announce?.Invoke(change);
        if (Mirroring.Describe(config, dataset) is { } mirrored) Announce?.Invoke(mirrored);
        foreach (var remark in new[] { QuantumSettings.DescribeWidth(config), DenoiserSettings.DescribeAttention(config.Denoiser) })
            if (remark is not null) Announce?.Invoke($"warning: {remark}");
        if (request.Init is not null) Announce?.Invoke($"initial weights: the averaged ones of {request.Init}");
        var report = request.Report ? new RunReport(folder, config, dataset) { Announce = Announce } : null;
        var loop = new TrainingLoop(folder, config.Run, progress) { Announce = Announce, AfterCheckpoint = report is null ? null : report.WriteNowAndThen };
        if (request.Autoencoder is { } source) AdoptedAutoencoder.CopyInto(folder, source);
        else if (request.Stage is not TrainingStage.Denoiser) TrainAutoencoder(dataset, folder, compute, loop, cancellation);
        if (request.Stage is not TrainingStage.Autoencoder) TrainDenoiser(dataset, folder, compute, loop, progress, cancellation);
        report?.Write();
    }

    private bool TrainsAutoencoderAlone => request.Stage is TrainingStage.Autoencoder;

    private void CheckDataset(ImageDataset dataset)
    {
        if (dataset.Size != config.Size)
        {
            throw new InputException(
                $"{request.Dataset}: its images are {dataset.Size} px, the configuration wants size = {config.Size}; "
                    + $"prepare the dataset with {new NamedInput("Size")} "
                    + $"{config.Size} or pass {new NamedInput("Overrides")} size={dataset.Size}");
        }

        if (config.Denoiser.ClassConditional && dataset.ClassCount == 0)
            throw new InputException($"{request.Dataset}: has no class labels, which denoiser.class_conditional = true needs");
        if (config.Denoiser.MaskConditional && dataset.Masks is null)
        {
            throw new InputException(
                $"{request.Dataset}: has no masks, which denoiser.mask_conditional = true needs; "
                    + $"prepare the dataset with {new NamedInput("Masks")}");
        }

        if (config.DenoiserTraining.Convergence > 0 && dataset.IndicesOf(Split.Val).Count == 0)
            throw new InputException($"{request.Dataset}: has no held-out images (split 'val'), which denoiser.training.convergence > 0 needs");
        if (dataset.IndicesOf(Split.Train).Count == 0) throw new InputException($"{request.Dataset}: has no training images (split 'train')");
    }

    /// <summary>Compares what the run began with, or writes it down, before the configuration is written: a folder that has one is complete.</summary>
    private void Prepare(RunFolder folder, ImageDataset dataset)
    {
        if (request.Autoencoder is { } source) AdoptedAutoencoder.RequireSame(folder, source);
        var data = RunData.Read(folder);
        if (data is not null && data.ContentHash != dataset.ContentHash)
            throw new InputException($"{folder.Path}: cannot be resumed with another dataset than it was started with ({request.Dataset})");
        if (data is not null && config.Denoiser.MaskConditional && data.MaskHash != dataset.Masks!.ContentHash)
            throw new InputException($"{folder.Path}: cannot be resumed with other masks than it was started with ({request.Dataset})");
        WriteNoiseProfile(folder);
        if (data is null) WriteData(folder, dataset);
        else if (request.Init is { } initial) InitialWeights.RequireSame(folder, initial);
    }

    private void WriteData(RunFolder folder, ImageDataset dataset)
    {
        var data = new RunData
        {
            ContentHash = dataset.ContentHash,
            Size = dataset.Size,
            Count = dataset.Count,
            Classes = dataset.ClassNames,
            MaskHash = config.Denoiser.MaskConditional ? dataset.Masks!.ContentHash : null,
        };
        if (request.Init is not { } initial)
        {
            if (InitialWeights.Find(folder) is not null)
            {
                throw new InputException(
                    $"{folder.Path}: was stopped while the weights of {new NamedInput("Init")} were copied; "
                        + $"give {new NamedInput("Init")} again");
            }
        }
        else if (File.Exists(folder.Config))
        {
            InitialWeights.RequireSame(folder, initial);
        }
        else
        {
            data = data with { Init = InitialWeights.CopyInto(folder, initial, config, TrainsAutoencoderAlone) };
        }

        data.Write(folder.Data);
    }

    /// <summary>A profile's file may change between a run and its continuation: what the run began with is kept and compared.</summary>
    private void WriteNoiseProfile(RunFolder folder)
    {
        if (!config.Quantum.Enabled || config.Noise.Profile is not { } profile) return;
        var toml = DeviceProfileWriter.ToToml(Profile(profile));
        if (File.Exists(folder.NoiseProfile) && File.ReadAllText(folder.NoiseProfile) != toml)
        {
            throw new InputException(
                $"{folder.Path}: cannot be resumed with another device than it was started with (quantum.noise.profile = {profile} has changed)");
        }

        AtomicFile.WriteText(folder.NoiseProfile, toml);
    }

    private static DeviceProfile Profile(string name)
    {
        try
        {
            return ShippedProfiles.Load(name);
        }
        catch (InputException e)
        {
            throw new InputException($"quantum.noise.profile: {e.Message}", e);
        }
    }

    private void TrainAutoencoder(ImageDataset dataset, RunFolder folder, ComputeContext compute, TrainingLoop loop, CancellationToken cancellation)
    {
        if (!IsAutoencoderFinished(folder))
        {
            // It was measured on weights that are about to change.
            File.Delete(folder.ReconstructionQuality);
            using var stage = new AutoencoderStage(config, dataset, folder, compute);
            Announce?.Invoke(StageDescription.Text(stage));
            loop.Run(stage, cancellation);
        }

        if (!HasReconstructionQuality(folder)) MeasureReconstruction(dataset, folder, compute, cancellation);
    }

    private bool IsAutoencoderFinished(RunFolder folder)
    {
        if (!File.Exists(folder.Autoencoder)) return false;
        var hasCheckpoints = new CheckpointStore(folder.Checkpoints, StageNames.Autoencoder, 1).Any;
        try
        {
            var (model, metadata) = AutoencoderFile.Load(folder.Autoencoder, config);
            model.Dispose();
            // Finished by what it was told then; a taken-over one may have another number of steps than the configuration.
            var isLonger = folder.ScheduleOf(StageNames.Autoencoder, config.AutoencoderTraining.Steps)
                .Segments.Count > 1 && metadata.Steps < config.AutoencoderTraining.Steps;
            if (metadata.IsFinished && !isLonger) return true;
        }
        catch (InputException e) when (hasCheckpoints)
        {
            Announce?.Invoke($"warning: {e.Message}; it is made again from the newest checkpoint");
        }

        return hasCheckpoints ? false : throw NoCheckpoint(folder, StageNames.Autoencoder);
    }

    private static InputException NoCheckpoint(RunFolder folder, string stage) =>
        new($"{folder.Path}: its {stage} is not trained to its end and there is no checkpoint of it to go on from; "
            + $"begin a new run with {new NamedInput("Init")} {folder.Path}");

    private bool HasReconstructionQuality(RunFolder folder)
    {
        if (!File.Exists(folder.ReconstructionQuality)) return false;
        try
        {
            ReconstructionQuality.Read(folder.ReconstructionQuality);
            return true;
        }
        catch (InputException e)
        {
            Announce?.Invoke($"warning: {e.Message}; it is measured again");
            return false;
        }
    }

    private void MeasureReconstruction(ImageDataset dataset, RunFolder folder, ComputeContext compute, CancellationToken cancellation)
    {
        var (model, _) = AutoencoderFile.Load(folder.Autoencoder, config, compute);
        using var owned = model;
        var quality = ReconstructionQuality.Measure(model, dataset, cancellation);
        AtomicFile.WriteText(folder.ReconstructionQuality, JsonSerializer.Serialize(quality, IndentedJson));
        Announce?.Invoke(quality.ToString());
    }

    private void TrainDenoiser(
        ImageDataset dataset, RunFolder folder, ComputeContext compute, TrainingLoop loop, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var (autoencoder, metadata) = AutoencoderFile.Load(folder.Autoencoder, config, compute);
        using var owned = autoencoder;
        if (!metadata.IsFinished) throw new InputException($"{folder.Autoencoder}: its training is not finished; run the autoencoder stage first");
        if (config.AutoencoderTraining.DecoderOnly && InitialWeights.Find(folder) is { HasDenoiser: true } initial)
        {
            initial.CopyDenoiser(folder);
            Announce?.Invoke("denoiser: the one of the initial weights, as the encoder is theirs");
            return;
        }

        if (IsDenoiserFinishedForGood(folder)) return;
        using var latents = LatentCache.OpenOrCreate(
            folder.Latents, FileHash.Compute(folder.Autoencoder), autoencoder, metadata.LatentScale, dataset, progress, cancellation, Announce);
        using var held = new HeldOutLatents(autoencoder, metadata.LatentScale, dataset);
        using var stage = new DenoiserStage(config, dataset, latents, new LatentCodec(autoencoder, metadata.LatentScale), folder, compute) { HeldOut = held };
        Announce?.Invoke(StageDescription.Text(stage));
        if (stage.UnknownClasses.Count > 0)
        {
            Announce?.Invoke(
                $"denoiser: the run whose weights it begins with does not know {string.Join(", ", stage.UnknownClasses)}: begins there with what it "
                    + "knows of images without a class");
        }

        loop.Run(stage, cancellation);
    }

    /// <summary>
    /// Whether weights were trained to their end and only they are left, without checkpoints: nothing is to be done, and they must not be written over.
    /// </summary>
    private bool IsDenoiserFinishedForGood(RunFolder folder)
    {
        if (!File.Exists(folder.Denoiser) || new CheckpointStore(folder.Checkpoints, StageNames.Denoiser, 1).Any) return false;
        var (model, metadata) = DenoiserFile.Load(folder.Denoiser, config);
        model.Dispose();
        return metadata.IsFinishedFor(config) ? true : throw NoCheckpoint(folder, StageNames.Denoiser);
    }

    private void RequireEncoder()
    {
        if (request.Autoencoder is not null)
        {
            throw new InputException(
                $"autoencoder.training.decoder_only = true trains a decoder, {new NamedInput("Autoencoder")} takes one over: leave one of the two out");
        }

        if (request.Init is null && !(request.Resume && Directory.Exists(RunFolder.InitialWeightsOf(request.Output))))
            throw new InputException($"autoencoder.training.decoder_only = true needs {new NamedInput("Init")}: the run whose encoder and denoiser stay");
    }

    // Before a folder is made, which would be in the way of the run that has one.
    private void RequireAutoencoder()
    {
        if (File.Exists(Path.Combine(request.Output, RunFiles.Autoencoder))) return;
        throw new InputException(
            $"{request.Output}: has no trained autoencoder, which the denoiser is trained on; train it there first "
                + $"or take one over with {new NamedInput("Autoencoder")} RUN");
    }
}
