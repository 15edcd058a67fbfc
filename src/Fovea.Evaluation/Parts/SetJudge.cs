using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Judges.Images;
using Fovea.Metrics.Distributions;
using Fovea.Torch.Runtime;

namespace Fovea.Evaluation.Parts;

/// <summary>
/// Judges several sets of generated images by the same judges beside the same real images: distances, gradability and nearness to
/// training images, by the same code as <see cref="Evaluator"/>, without what a report of a single set adds.
/// </summary>
public sealed class SetJudge : IDisposable
{
    private const int Most = 10_000;
    private readonly SetJudgeRequest _request;
    private readonly List<IFeatureNetwork> _networks = [];
    private readonly NamedGrader? _grader;
    private readonly ImageSet _real;
    private readonly ImageSet? _training;

    /// <summary>Opens judges and real images.</summary>
    /// <exception cref="InputException">One of them is missing, or there are too few images.</exception>
    public SetJudge(SetJudgeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        using var dataset = ImageDataset.Open(request.Real);
        _real = DatasetImages.Read(dataset, request.RealSplit, Most, (ulong)request.Seed);
        RequireEnough(request.Real, _real);
        var modality = Modality.Find(dataset);
        _grader = modality.Grader(request.Grader, dataset.Size, request.Threads, request.Compute);
        try
        {
            (_training, Outside) = ReadTraining(request, _grader);
            foreach (var name in request.Features.Where(name => modality.Admits(FeatureNetworks.HashOf(name))))
            {
                _networks.Add(
                    FeatureNetworks.Open(name, request.Threads, request.Compute));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Why figures by the shipped judges mean little for a dataset's images, or are left out, in one line; null for fundus photographs, which they were made
    /// for.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The part that generated images are compared with; null for all of it.</param>
    public static string? Unfit(ImageDataset dataset, Split? split)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (Modality.Find(dataset) != Modality.Fundus)
        {
            return $"{dataset.Folder}: has pictures of any kind, for which no judge is shipped; distances and gradability are measured only by what "
                + "judging.features and judging.grader name";
        }

        if (split is { } part && dataset.IndicesOf(part).Count == 0) return null;
        var share = FundusLooks.Share(DatasetImages.Read(dataset, split, FundusLooks.Looked, 0));
        return share >= FundusLooks.LeastShare
            ? null
            : $"{dataset.Folder}: {100 * share:F0} % of its images look like fundus photographs; FundusNet and the shipped graders were not made for them, and "
                + "their figures mean little: name others as judging.features and judging.grader";
    }

    /// <summary>The grader's shipped name or its file, and SHA-256 of that; null where no grader is at hand for the images.</summary>
    public (string Name, string Hash)? Grader => _grader is { } grader ? (grader.Name, grader.Hash) : null;

    /// <summary>The number of real images.</summary>
    public int RealImages => _real.Count;

    /// <summary>Whether it knows none of the generator's training images, and how that was found.</summary>
    public (bool? IsOutside, string Reason) Outside { get; }

    /// <summary>Judges the pictures of a folder.</summary>
    /// <param name="folder">The folder; pictures are taken in the order of their names.</param>
    /// <param name="copies">Whether nearness to training images is measured, where those are known.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">There are too few pictures, or one cannot be read.</exception>
    public SetJudgement Judge(string folder, bool copies, CancellationToken cancellation)
    {
        var images = new FolderImages(_real.Side, framing: null, _request.Threads)
            .Read(folder, "folder", Most, (ulong)_request.Seed, _request.Progress, cancellation);
        RequireEnough(folder, images);
        if (images.Description.Skipped is [{ } skipped, ..]) throw new InputException($"{skipped.File}: {skipped.Reason}");
        var judge = new NetworkJudge(
            _networks, new FeatureCache(_request.Cache), _request.Replicates, (ulong)_request.Seed, _request.Threads, _request.Progress, _request.Membership);
        var (features, near) = judge.Judge(_real, images, copies ? _training : null, cancellation);
        if (judge.LeftOut is [{ } left, ..]) throw new InputException($"{folder}: {left}");
        return new SetJudgement(features, Rate("generated", images, cancellation), near);
    }

    /// <summary>How many of the real images can be read; null without a grader.</summary>
    public GradableRate? RateReal(CancellationToken cancellation) => Rate("real", _real, cancellation);

    /// <summary>How many of them can be read after a run's autoencoder: the ceiling of what is sampled through it; null without a grader.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="cancellation">Stops it.</param>
    public GradableRate? RateReconstructed(string run, CancellationToken cancellation) =>
        _grader is null ? null : Rate("reconstructed", Reconstructor.Reconstruct(run, _real, _request.Compute, _request.Progress, cancellation), cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        _networks.ForEach(network => network.Dispose());
        _grader?.Dispose();
    }

    private static (ImageSet? Images, (bool? IsOutside, string Reason) Outside) ReadTraining(SetJudgeRequest request, NamedGrader? grader)
    {
        using var dataset = request.Training is null ? null : ImageDataset.Open(request.Training);
        return (
            dataset is null ? null : DatasetImages.Read(dataset, Split.Train, request.MostTraining, (ulong)request.Seed),
            grader?.OutsideOf(dataset) ?? (null, "there is no grader"));
    }

    private static void RequireEnough(string path, ImageSet images)
    {
        if (images.Count < SetSize.Least) throw new InputException($"{path}: {images.Count} images; at least {SetSize.Least} are needed to judge a set");
    }

    private GradableRate? Rate(string name, ImageSet images, CancellationToken cancellation)
    {
        if (_grader is null) return null;
        var judge = new GradabilityJudge(_grader.Grader, _request.Progress);
        var rate = judge.Rate(name, images, cancellation);
        return judge.LeftOut is [{ } left, ..] ? throw new InputException($"{images.Description.Source}: {left}") : rate;
    }
}

/// <summary>By what and beside what sets of generated images are judged.</summary>
public sealed record SetJudgeRequest
{
    /// <summary>The dataset of real images.</summary>
    public required string Real { get; init; }

    /// <summary>Its part that generated images are compared with; null for all of it.</summary>
    public Split? RealSplit { get; init; } = Split.Val;

    /// <summary>The dataset whose training images the generator saw; null when nearness to them is not to be measured.</summary>
    public string? Training { get; init; }

    /// <summary>Training images to look at, at most; of more, a sample by seed.</summary>
    public int MostTraining { get; init; } = 10_000;

    /// <summary>Whether it is asked too, where copies are looked for, if the generated images tell who was trained on.</summary>
    public bool Membership { get; init; }

    /// <summary>Feature networks: a shipped name, safetensors, or an ONNX file.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>A grader: a shipped name, safetensors, or an ONNX file; null for the shipped one of the images' size.</summary>
    public string? Grader { get; init; }

    /// <summary>Half-samples for intervals.</summary>
    public int Replicates { get; init; } = 40;

    /// <summary>Folder of cached features; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Seed of subsets.</summary>
    public int Seed { get; init; }

    /// <summary>What networks compute with; null for the CPU with what the process has set.</summary>
    public ComputeContext? Compute { get; init; }

    /// <summary>Threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
