using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Reports;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Evaluation.Packing;

/// <summary>
/// Makes of a run what can be handed on: settings and float16 weights, which are a run's folder like any other, and a card of what was
/// measured on them. What is judged is what is handed on, the rounded weights. A run that may copy is refused.
/// </summary>
public static class ModelPacker
{
    /// <summary>The card.</summary>
    public const string CardName = "README.md";

    /// <summary>Its picture: the first images of the seed.</summary>
    public const string PictureName = "samples.png";

    private const int Pictured = 25;

    /// <summary>Packs, judges, and moves the folder into place; nothing is left when it fails.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="InputException">The run is not trained, was trained on another dataset, or breaks the rule on copies.</exception>
    public static SetJudgement Execute(PackRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var run = RunFolder.Open(request.Run);
        var config = RunConfigReader.FromFile(run.Config);
        using var dataset = ImageDataset.Open(request.Data);
        if (!new RunImages(request.Run).WasTrainedOn(dataset))
            throw new InputException($"{request.Data}: is not the dataset that {request.Run} was trained on");
        // Other pixels than those that were learnt from would hide a copy.
        dataset.VerifyContent(cancellation);
        var existed = Directory.Exists(request.Output);
        // Only to learn that it may be made: it comes into being whole, at the end.
        OutputFolder.Prepare(request.Output, force: false, $"choose another folder");
        if (!existed) Directory.Delete(request.Output);
        var partial = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output)) + ".partial";
        OutputFolder.Prepare(partial, force: false, $"if an earlier 'fovea pack' that was killed left it, remove it");
        var drawn = Path.Combine(partial, "drawn");
        try
        {
            var compute = request.Compute ?? ComputeContext.Start(request.Threads);
            var sizes = Write(run, config, partial);
            using var judge = new SetJudge(new SetJudgeRequest
            {
                Real = request.Data,
                Training = request.Data,
                // A copy of an image that was left out would be missed.
                MostTraining = int.MaxValue,
                Membership = true,
                Features = request.Features,
                Cache = request.Cache,
                Seed = request.Seed,
                Threads = request.Threads,
                Compute = compute,
                Progress = request.Progress,
            });
            Draw(partial, drawn, dataset, request, compute, cancellation);
            var judgement = judge.Judge(drawn, copies: true, cancellation);
            CopyRule.Require(request.Run, judgement.Memorisation);
            var figures = new ModelCardFigures(
                config, sizes, dataset, request, judgement, judge.RealImages, judge.RateReal(cancellation), judge.Grader?.Name, judge.Outside.IsOutside);
            AtomicFile.WriteText(Path.Combine(partial, CardName), ModelCard.Text(figures));
            Directory.Delete(drawn, recursive: true);
            if (existed) Directory.Delete(request.Output);
            Directory.Move(partial, request.Output);
            return judgement;
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    private static ModelSizes Write(RunFolder run, RunConfig config, string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, Path.GetFileName(run.Config)), config.ForAnyMachine().ToToml());
        RunData.Read(run)?.WithoutPaths().Write(Path.Combine(folder, Path.GetFileName(run.Data)));
        if (File.Exists(run.NoiseProfile)) File.Copy(run.NoiseProfile, Path.Combine(folder, Path.GetFileName(run.NoiseProfile)), overwrite: true);

        var (autoencoder, autoencoderMetadata) = AutoencoderFile.Load(run.Autoencoder, config);
        using var ownedAutoencoder = autoencoder;
        var (denoiser, denoiserMetadata) = DenoiserFile.Load(run.Denoiser, config);
        using var ownedDenoiser = denoiser;
        AutoencoderFile.Save(Path.Combine(folder, Path.GetFileName(run.Autoencoder)), autoencoder, autoencoderMetadata, asHalf: true);
        DenoiserFile.Save(Path.Combine(folder, Path.GetFileName(run.Denoiser)), denoiser, denoiserMetadata, asHalf: true);
        return ModelSizes.Count(autoencoder, denoiser, autoencoderMetadata.Steps, denoiserMetadata.Steps);
    }

    // Of each class where the model knows classes: an image of a class may be a copy where one of none is not.
    private static void Draw(string model, string drawn, ImageDataset dataset, PackRequest request, ComputeContext compute, CancellationToken cancellation)
    {
        var sampling = new SampleRequest { Count = Pictured, Seed = request.Seed, Compute = compute, Progress = request.Progress };
        var first = Path.Combine(drawn, "first");
        SamplingRun.Execute(model, first, force: true, className: null, sampling, cancellation: cancellation);
        File.Move(Path.Combine(first, DrawnImages.GridName), Path.Combine(model, PictureName), overwrite: true);
        Directory.Delete(first, recursive: true);
        new RunImages(model).Sample(drawn, dataset, sampling with { Count = request.Count }, cancellation);
    }
}

/// <summary>A trained run that is to be handed on.</summary>
public sealed record PackRequest
{
    /// <summary>What images are drawn with; null to start the device that there is.</summary>
    public ComputeContext? Compute { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>The dataset that it was trained on; its held-out photographs are what copies are told by.</summary>
    public required string Data { get; init; }

    /// <summary>The folder to make; it must not exist, or be empty.</summary>
    public required string Output { get; init; }

    /// <summary>Images drawn for the check.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>Seed of those images.</summary>
    public int Seed { get; init; }

    /// <summary>Feature networks that look for copies beside the comparison by pixels: a shipped name, safetensors, or an ONNX file.</summary>
    public IReadOnlyList<string> Features { get; init; } = [FeatureNetworks.Shipped];

    /// <summary>Folder of cached features; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}

/// <summary>
/// A model is handed on unless a larger share of its images lies near a training image than of held-out photographs: a retina
/// identifies a person. Near is what about 5 % of the held-out photographs are, by each feature network and by pixels. A larger share is one whose
/// interval lies above the share that a generator has on average that copies nothing. Of such generators at most 5 % are refused, by all spaces together.
/// </summary>
internal static class CopyRule
{
    // Well below 5 %, so that 200 simulated generators do not pass 5 % by chance.
    private const double MostRefused = 0.02;

    /// <summary>Refuses a model that breaks the rule in one of the spaces.</summary>
    /// <exception cref="InputException">It does.</exception>
    public static void Require(string run, IReadOnlyList<MemorisationJudgement> judgements)
    {
        if (judgements.Count == 0) throw new InvalidOperationException("nearness to training images was not measured");
        var confidence = 1 - (2 * MostRefused / Math.Max(judgements.Count, 2));
        foreach (var (space, report) in judgements)
        {
            var near = report.BelowFifth;
            var interval = near.IntervalAt(confidence);
            if (interval.Low > near.Expected)
            {
                throw new InputException(
                    $"{run}: is not packed, its images may be copies: by {space} {Numbers.Share(near.Share, interval)} of {near.Total} are as near to a "
                        + $"training image as {Numbers.Percentile(near.Expected)} of held-out photographs; allowed: an interval that holds "
                        + $"{Numbers.Percentile(near.Expected)} or lies below it");
            }
        }
    }
}
