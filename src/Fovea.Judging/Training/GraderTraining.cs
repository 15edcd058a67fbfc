using System.Globalization;
using System.Text.Json;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Judging.Grading;
using Fovea.Judging.Provenance;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Stages;

namespace Fovea.Judging.Training;

/// <summary>Trains a grader on a dataset's training images and tests it on its held-out ones.</summary>
public static class GraderTraining
{
    /// <summary>Name of the weights' file in the output folder.</summary>
    public const string WeightsName = "grader.safetensors";

    /// <summary>Name of the file with the weights in half precision.</summary>
    public const string HalfWeightsName = "grader-f16.safetensors";

    private const int CheckpointEvery = 200;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Trains, writes the weights in single and in half precision and <c>confusion.json</c>, and returns the confusion on held-out images.</summary>
    /// <exception cref="Core.Errors.InputException">The dataset has no quality labels, or the folder is in the way.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the request with <see cref="GraderRequest.Resume"/> continues.</exception>
    public static GraderConfusion Run(GraderRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var dataset = ImageDataset.Open(request.Dataset);
        var (training, heldOut) = (QualityLabels.Of(dataset, Split.Train), QualityLabels.Of(dataset, Split.Val));
        using var folder = RunFolder.ForTraining(request.Output, Settings(request.Options, dataset), request.Resume);
        var weights = Path.Combine(folder.Path, WeightsName);
        using (var stage = new GraderStage(request.Options, dataset, training, (network, steps) => GraderFile.Save(weights, network, Facts(request.Options, dataset, training, steps))))
            new TrainingLoop(folder, RunSettings, request.Progress).Run(stage, cancellation);
        var half = Path.Combine(folder.Path, HalfWeightsName);
        using (var single = GraderFile.Load(weights)) single.Save(half, single.Facts, asHalf: true);
        var confusion = Measured(weights, dataset, heldOut, asHalf: false, cancellation);
        Measured(half, dataset, heldOut, asHalf: true, cancellation);
        AtomicFile.WriteText(Path.Combine(folder.Path, "confusion.json"), JsonSerializer.Serialize(confusion, Json));
        return confusion;
    }

    private static RunOptions RunSettings => new() { CheckpointEvery = CheckpointEvery, KeepCheckpoints = 2, LogEvery = 10, GridEvery = int.MaxValue };

    /// <summary>Measures a file's weights on held-out images and stores the confusion with them.</summary>
    private static GraderConfusion Measured(string path, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> heldOut, bool asHalf, CancellationToken cancellation)
    {
        using var grader = GraderFile.Load(path);
        var confusion = GraderConfusion.Measure(grader, dataset, heldOut, cancellation);
        grader.Save(path, grader.Facts with { Confusion = confusion }, asHalf);
        return confusion;
    }

    private static GraderFacts Facts(JudgeOptions options, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> training, long steps) => new()
    {
        Side = dataset.Size,
        Width = options.Width,
        Steps = steps,
        IsFinished = steps >= options.Steps,
        Dataset = dataset.ContentHash,
        Traces = ImageTraces.Of(dataset, training.Select(image => image.Index)),
    };

    private static string Settings(JudgeOptions options, ImageDataset dataset) => string.Create(
        CultureInfo.InvariantCulture,
        $"dataset = \"{dataset.ContentHash}\"\nsteps = {options.Steps}\nbatch = {options.Batch}\nwidth = {options.Width}\nlearning_rate = {options.LearningRate:R}\nseed = {options.Seed}\n");
}
