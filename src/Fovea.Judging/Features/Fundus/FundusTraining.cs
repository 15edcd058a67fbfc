using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Judging.Provenance;
using Fovea.Judging.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Stages;

namespace Fovea.Judging.Features.Fundus;

/// <summary>Trains FundusNet on a dataset's training images and tests it on its held-out ones.</summary>
public static class FundusTraining
{
    /// <summary>Name of the weights' file in the output folder.</summary>
    public const string WeightsName = "fundusnet.safetensors";

    /// <summary>Name of the file with the weights in half precision.</summary>
    public const string HalfWeightsName = "fundusnet-f16.safetensors";

    /// <summary>Name of the report on the held-out images.</summary>
    public const string AccuracyName = "accuracy.json";

    private const int CheckpointEvery = 200;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>
    /// Trains, writes the weights in single and in half precision and <c>accuracy.json</c>, and returns the accuracy of the half-precision weights on
    /// held-out images.
    /// </summary>
    /// <exception cref="InputException">The dataset or the labels do not serve, or the folder is in the way.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the request with <see cref="FundusRequest.Resume"/> continues.</exception>
    public static FundusAccuracy Run(FundusRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var dataset = ImageDataset.Open(request.Dataset);
        var labels = FundusLabels.Read(request.Labels, dataset);
        var (images, heldOut) = (labels.ImagesOf(dataset, Split.Train), labels.ImagesOf(dataset, Split.Val));
        if (heldOut.Length == 0) throw new InputException($"{request.Labels}: no image of the split 'val' has a label");
        using var folder = RunFolder.ForTraining(request.Output, Settings(request, dataset), request.Resume);
        var (weights, half) = (Path.Combine(folder.Path, WeightsName), Path.Combine(folder.Path, HalfWeightsName));
        var facts = Facts(request.Options, dataset, labels, images);
        using (var stage = new FundusStage(request.Options, dataset, labels, images, (network, steps) =>
        {
            var now = facts with { Steps = steps, IsFinished = steps >= request.Options.Steps };
            FundusNet.Save(weights, network, now, asHalf: false);
            FundusNet.Save(half, network, now, asHalf: true);
        }))
            new TrainingLoop(folder, RunSettings, request.Progress).Run(stage, cancellation);
        using var net = FundusNet.Load(half);
        var accuracy = FundusMeasurement.Of(net, dataset, labels, heldOut, cancellation);
        AtomicFile.WriteText(Path.Combine(folder.Path, AccuracyName), JsonSerializer.Serialize(accuracy, Json));
        return accuracy;
    }

    private static RunOptions RunSettings => new() { CheckpointEvery = CheckpointEvery, KeepCheckpoints = 2, LogEvery = 10, GridEvery = int.MaxValue };

    private static FundusFacts Facts(JudgeOptions options, ImageDataset dataset, FundusLabels labels, int[] images) => new()
    {
        Side = dataset.Size,
        Width = options.Width,
        Steps = 0,
        IsFinished = false,
        Dataset = dataset.ContentHash,
        Tasks = labels.Tasks,
        Traces = ImageTraces.Of(dataset, images),
    };

    private static string Settings(FundusRequest request, ImageDataset dataset)
    {
        var (options, labels) = (request.Options, FileHash.Of(request.Labels));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"dataset = \"{dataset.ContentHash}\"\nlabels = \"{labels}\"\nsteps = {options.Steps}\nbatch = {options.Batch}\nwidth = {options.Width}\nlearning_rate = {options.LearningRate:R}\nseed = {options.Seed}\n");
    }
}
