using Fovea.Imaging.Datasets;
using Fovea.Judging.Grading;
using Fovea.Judging.Provenance;

namespace Fovea.Judging.Training;

/// <summary>Trains a grader on a dataset's training images and tests it on its held-out ones.</summary>
public static class GraderTraining
{
    /// <summary>Name of the weights' file in the output folder.</summary>
    public const string WeightsName = "grader.safetensors";

    /// <summary>Name of the file with the weights in half precision.</summary>
    public const string HalfWeightsName = "grader-f16.safetensors";

    /// <summary>Trains, writes the weights in single and in half precision and <c>confusion.json</c>, and returns the confusion on held-out images.</summary>
    /// <exception cref="Core.Errors.InputException">The dataset has no quality labels, or the folder is in the way.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the request with <see cref="GraderRequest.Resume"/> continues.</exception>
    public static GraderConfusion Run(GraderRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var dataset = ImageDataset.Open(request.Dataset);
        var (training, heldOut) = (QualityLabels.Of(dataset, Split.Train), QualityLabels.Of(dataset, Split.Val));
        using var folder = JudgeTraining.Open(request.Output, request.Options, dataset, labels: null, request.Resume);
        var weights = Path.Combine(folder.Path, WeightsName);
        JudgeFacts Facts(long steps) => JudgeTraining.Facts(request.Options, dataset, training.Select(image => image.Index), steps);
        using (var stage = new GraderStage(request.Options, dataset, training, (network, steps) => GraderFile.Save(weights, network, new(Facts(steps)))))
            JudgeTraining.Train(stage, folder, request.Progress, cancellation);
        var half = Path.Combine(folder.Path, HalfWeightsName);
        using (var single = GraderFile.Load(weights)) single.Save(half, single.Facts, asHalf: true);
        var confusion = Measured(weights, dataset, heldOut, asHalf: false, cancellation);
        Measured(half, dataset, heldOut, asHalf: true, cancellation);
        JudgeTraining.WriteReport(Path.Combine(folder.Path, "confusion.json"), confusion);
        return confusion;
    }

    /// <summary>Measures a file's weights on held-out images and stores the confusion with them.</summary>
    private static GraderConfusion Measured(string path, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> heldOut, bool asHalf, CancellationToken cancellation)
    {
        using var grader = GraderFile.Load(path);
        var confusion = GraderConfusion.Measure(grader, dataset, heldOut, cancellation);
        grader.Save(path, grader.Facts with { Confusion = confusion }, asHalf);
        return confusion;
    }
}
