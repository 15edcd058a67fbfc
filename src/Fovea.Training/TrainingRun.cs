using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Core.Progress;
using Fovea.Hardware.Profiles;
using Fovea.Imaging.Datasets;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Noise;
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

    /// <summary>Trains what the request asks for.</summary>
    /// <exception cref="InputException">Configuration, dataset and folders do not fit together.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the run can be resumed.</exception>
    /// <exception cref="DivergenceException">The loss was not finite.</exception>
    public void Execute(IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        using var dataset = ImageDataset.Open(request.Dataset);
        CheckDataset(dataset);
        TorchRuntime.Initialize(config.Threads);
        if (request.Autoencoder is { } adopted) RequireAdoptable(adopted);
        TrainingNoise.Require(config);
        using var folder = RunFolder.ForTraining(request.Output, config, request.Resume);
        WriteData(folder, dataset);
        WriteNoiseProfile(folder);
        if (Mirroring.Describe(config, dataset) is { } mirrored) Announce?.Invoke(mirrored);
        var loop = new TrainingLoop(folder, config.Run, progress);
        if (request.Autoencoder is { } source) AdoptAutoencoder(source, folder);
        else if (request.Stage is not TrainingStage.Denoiser) TrainAutoencoder(dataset, folder, loop, cancellation);
        if (request.Stage is not TrainingStage.Autoencoder) TrainDenoiser(dataset, folder, loop, progress, cancellation);
    }

    private void CheckDataset(ImageDataset dataset)
    {
        if (dataset.Size != config.Size)
            throw new InputException($"{request.Dataset}: its images are {dataset.Size} px, the configuration wants size = {config.Size}; prepare the dataset with --size {config.Size} or pass --set size={dataset.Size}");
        if (config.Denoiser.ClassConditional && dataset.ClassCount == 0)
            throw new InputException($"{request.Dataset}: has no class labels, which denoiser.class_conditional = true needs");
        if (dataset.IndicesOf(Split.Train).Count == 0) throw new InputException($"{request.Dataset}: has no training images (split 'train')");
    }

    private void WriteData(RunFolder folder, ImageDataset dataset)
    {
        if (File.Exists(folder.Data))
        {
            if (ReadContentHash(folder.Data) != dataset.ContentHash)
                throw new InputException($"{folder.Path}: cannot be resumed with another dataset than it was started with ({request.Dataset})");
            return;
        }

        AtomicFile.WriteText(folder.Data, JsonSerializer.Serialize(
            new { content_hash = dataset.ContentHash, size = dataset.Size, count = dataset.Count, classes = dataset.ClassNames },
            IndentedJson));
    }

    /// <summary>A profile's file may change between a run and its continuation: what the run began with is kept and compared.</summary>
    private void WriteNoiseProfile(RunFolder folder)
    {
        if (!config.Quantum.Enabled || config.Noise.Profile is not { } profile) return;
        var toml = DeviceProfileWriter.ToToml(ShippedProfiles.Load(profile));
        if (File.Exists(folder.NoiseProfile) && File.ReadAllText(folder.NoiseProfile) != toml)
            throw new InputException($"{folder.Path}: cannot be resumed with another device than it was started with (quantum.noise.profile = {profile} has changed)");
        AtomicFile.WriteText(folder.NoiseProfile, toml);
    }

    private void TrainAutoencoder(ImageDataset dataset, RunFolder folder, TrainingLoop loop, CancellationToken cancellation)
    {
        if (!IsAutoencoderFinished(folder))
        {
            using var stage = new AutoencoderStage(config, dataset, folder);
            Announce?.Invoke(StageDescription.Of(stage));
            loop.Run(stage, cancellation);
        }

        if (!File.Exists(folder.ReconstructionQuality)) MeasureReconstruction(dataset, folder, cancellation);
    }

    private bool IsAutoencoderFinished(RunFolder folder)
    {
        if (!File.Exists(folder.Autoencoder)) return false;
        var (model, facts) = AutoencoderFile.Load(folder.Autoencoder, config);
        model.Dispose();
        return facts.IsFinished;
    }

    private void MeasureReconstruction(ImageDataset dataset, RunFolder folder, CancellationToken cancellation)
    {
        var (model, _) = AutoencoderFile.Load(folder.Autoencoder, config);
        using var owned = model;
        var quality = ReconstructionQuality.Measure(model, dataset, cancellation);
        AtomicFile.WriteText(folder.ReconstructionQuality, JsonSerializer.Serialize(quality, IndentedJson));
        Announce?.Invoke(quality.ToString());
    }

    private void TrainDenoiser(
        ImageDataset dataset, RunFolder folder, TrainingLoop loop, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var (autoencoder, facts) = AutoencoderFile.Load(folder.Autoencoder, config);
        using var owned = autoencoder;
        if (!facts.IsFinished) throw new InputException($"{folder.Autoencoder}: its training is not finished; run the autoencoder stage first");
        using var latents = LatentCache.OpenOrCreate(
            folder.Latents, FileHash.Of(folder.Autoencoder), autoencoder, facts.LatentScale, dataset, progress, cancellation);
        using var stage = new DenoiserStage(config, dataset, latents, new LatentDecoder(autoencoder, facts.LatentScale), folder);
        Announce?.Invoke(StageDescription.Of(stage));
        loop.Run(stage, cancellation);
    }

    private static string? ReadContentHash(string path)
    {
        try
        {
            using var data = JsonDocument.Parse(File.ReadAllText(path));
            return data.RootElement.GetProperty("content_hash").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: is damaged ({e.Message})", e);
        }
    }

    private void RequireAdoptable(string source)
    {
        using var other = RunFolder.Open(source);
        var (model, facts) = AutoencoderFile.Load(other.Autoencoder, config);
        model.Dispose();
        if (!facts.IsFinished) throw new InputException($"{other.Autoencoder}: its training is not finished");
    }

    private static void AdoptAutoencoder(string source, RunFolder folder)
    {
        using var other = RunFolder.Open(source);
        if (File.Exists(folder.Autoencoder) && FileHash.Of(folder.Autoencoder) != FileHash.Of(other.Autoencoder))
            throw new InputException($"{folder.Path}: has another autoencoder than {source}, and a denoiser learns on the latents of one; choose another --out");
        AtomicFile.Copy(other.Autoencoder, folder.Autoencoder);
        // They are used if they are of this dataset, and else made anew.
        if (File.Exists(other.Latents) && !File.Exists(folder.Latents)) AtomicFile.Copy(other.Latents, folder.Latents);
    }
}
