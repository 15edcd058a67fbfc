using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Training;
using Fovea.Torch.Runtime;

namespace Fovea.Judges.Features.Fundus;

/// <summary>Trains FundusNet on a dataset's training images and tests it on its held-out ones.</summary>
public static class FundusTraining
{
    /// <summary>Name of the weights' file in the output folder.</summary>
    public const string WeightsName = "fundusnet.safetensors";

    /// <summary>Name of the file with the weights in half precision.</summary>
    public const string HalfWeightsName = "fundusnet-f16.safetensors";

    /// <summary>Name of the report on the held-out images.</summary>
    public const string AccuracyName = "accuracy.json";

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
        foreach (var line in labels.Describe(dataset)) request.Announce?.Invoke(line);
        using var folder = JudgeTraining.Open(request.Output, request.Options, dataset, FileHash.Compute(request.Labels), request.Resume);
        var (weights, half) = (Path.Combine(folder.Path, WeightsName), Path.Combine(folder.Path, HalfWeightsName));
        using (var stage = new FundusStage(request.Options, dataset, labels, images, (network, steps) =>
        {
            var metadata = new FundusNetMetadata(JudgeTraining.MetadataOf(request.Options, dataset, images, steps), labels.Tasks);
            FundusNet.Save(weights, network, metadata, asHalf: false);
            FundusNet.Save(half, network, metadata, asHalf: true);
        }, request.Compute))
        {
            JudgeTraining.Train(stage, folder, request.Progress, cancellation);
        }

        using var net = FundusNet.Load(half);
        var accuracy = FundusMeasurement.Measure(net, dataset, labels, heldOut, cancellation);
        JudgeTraining.WriteReport(Path.Combine(folder.Path, AccuracyName), accuracy);
        if (accuracy.Tasks.Count == 0)
            request.Announce?.Invoke("warning: no task could be tested: the held-out images with a label have no class or phrase in two of them");
        return accuracy;
    }
}

/// <summary>What FundusNet is trained on.</summary>
public sealed record FundusRequest
{
    /// <summary>A prepared dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>A CSV table with a column <c>file</c> and some of quality, dr_grade, eye, keywords.</summary>
    public required string Labels { get; init; }

    /// <summary>The folder for checkpoints, weights and the report.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to continue what is there.</summary>
    public bool Resume { get; init; }

    /// <summary>How it is trained.</summary>
    public JudgeOptions Options { get; init; } = new() { Steps = 5000 };

    /// <summary>What it computes with; null for the CPU with what the process has set.</summary>
    public ComputeContext? Compute { get; init; }

    /// <summary>Told what the labels were taken from, a line each; null for none.</summary>
    public Action<string>? Announce { get; init; }

    /// <summary>Receives progress; null for none.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
