using System.Security.Cryptography;
using Fovea.Core.Errors;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;
using Fovea.Judges.Images;
using Fovea.Metrics.Distributions;
using Fovea.Training.Sampling;

namespace Fovea.Evaluation.Images;

/// <summary>All images of an evaluation: read, checked, and what a reader must know of them.</summary>
internal sealed class EvaluationImages : IDisposable
{
    private const int Few = 1000;
    private readonly ImageDataset _real;

    private readonly Lazy<Dictionary<string, int>> _indices;

    private EvaluationImages(ImageDataset real)
    {
        _real = real;
        _indices = new(() => real.Entries.ToDictionary(entry => entry.File, entry => entry.Index, StringComparer.Ordinal));
    }

    /// <summary>The real images.</summary>
    public required ImageSet Real { get; init; }

    /// <summary>The generated images.</summary>
    public required ImageSet Generated { get; init; }

    /// <summary>The images that the generator was trained on; null when they are not known.</summary>
    public ImageSet? Training { get; init; }

    /// <summary>The dataset of those.</summary>
    public ImageDataset? TrainingDataset { get; init; }

    /// <summary>What the real images are, by what their dataset says and by their looks.</summary>
    public required Modality Modality { get; init; }

    /// <summary>Whether the real dataset says that its images are photographs of the retina, whatever they look like.</summary>
    public bool AreCalledFundus => _real.IsFundus;

    /// <summary>The dataset of the real images.</summary>
    public ImageDataset RealDataset => _real;

    /// <summary>The masks of the real dataset's images; null where it has none.</summary>
    public DatasetMasks? Masks => _real.Masks;

    /// <summary>Whether the generated pictures were cropped, which the masks that they were drawn for are not.</summary>
    public bool IsCropped { get; init; }

    /// <summary>What a reader must know.</summary>
    public required List<string> Warnings { get; init; }

    /// <summary>Names of the real dataset's classes.</summary>
    public IReadOnlyList<string> Classes => _real.ClassNames;

    /// <summary>The column of the label table that they come from; null when none was named.</summary>
    public string? LabelColumn => _real.LabelColumn;

    /// <summary>The place in its dataset of a real image.</summary>
    public int IndexOf(int real) => _indices.Value[Real.Names[real]];

    /// <summary>Reads everything; a run is sampled.</summary>
    /// <exception cref="InputException">Something is missing, too few, or the same twice.</exception>
    public static EvaluationImages Read(EvaluationRequest request, CancellationToken cancellation)
    {
        if (Path.GetFullPath(request.Real) == Path.GetFullPath(request.Generated))
            throw new InputException($"{request.Generated}: the generated images are the real ones; allowed: a folder of generated images or a run");
        var dataset = ImageDataset.Open(request.Real);
        ImageDataset? trained = null;
        try
        {
            trained = OpenTraining(request, dataset);
            var seed = (ulong)request.Seed;
            if (request.RealSplit is { } split && dataset.IndicesOf(split).Count == 0)
                throw new InputException($"{request.Real}: has no image in its split '{split.ToName()}'; choose another with {new NamedInput("Split")}");
            var real = DatasetImages.Read(dataset, request.RealSplit, request.Most, seed);
            // Before anything is drawn.
            RequireEnough(request.RealSplit is { } of ? $"{request.Real} (split '{of.ToName()}')" : request.Real, real.Count);
            var generated = ReadGenerated(request, real, dataset, cancellation);
            var training = trained is null ? null : DatasetImages.Read(trained, Split.Train, request.Most, seed);
            RequireEnough(request.Generated, generated.Count);
            var (all, shared) = (trained, training is null ? 0 : Shared(real, training));
            if (shared > 0) (training, trained) = (null, null);
            var images = new EvaluationImages(dataset)
            {
                Real = real,
                Generated = generated,
                Training = training,
                TrainingDataset = trained,
                IsCropped = request.Crop,
                Modality = dataset.IsFundus && FundusLooks.Share(real) < FundusLooks.LeastShare ? Modality.Any : Modality.Find(dataset),
                Warnings = [],
            };
            if (shared > 0)
            {
                images.Warnings.Add(
                    $"{shared} of the {real.Count} real images are training images of {all!.Folder}: what was held out is not known, and nothing "
                        + $"is said of copies, membership and training on generated images; choose another {new NamedInput("Split")}");
                if (!ReferenceEquals(all, dataset)) all.Dispose();
            }

            images.Warnings.AddRange([.. real.Warnings, .. generated.Warnings, .. training?.Warnings ?? [], .. images.Remarks(request)]);
            return images;
        }
        catch
        {
            if (!ReferenceEquals(trained, dataset)) trained?.Dispose();
            dataset.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!ReferenceEquals(TrainingDataset, _real)) TrainingDataset?.Dispose();
        _real.Dispose();
    }

    private static int Shared(ImageSet real, ImageSet training)
    {
        var known = training.Hashes.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        return real.Hashes.Count(hash => known.Contains(Convert.ToHexString(hash)));
    }

    private static ImageDataset? OpenTraining(EvaluationRequest request, ImageDataset real)
    {
        if (request.Training is null) return request.RealSplit is Split.Val or Split.Test && real.IndicesOf(Split.Train).Count > 0 ? real : null;
        var dataset = ImageDataset.Open(request.Training);
        if (dataset.Size == real.Size) return dataset;
        dataset.Dispose();
        throw new InputException(
            $"{request.Training}: images of {dataset.Size} px, {request.Real} has {real.Size} px; "
                + $"prepare both with one {new NamedInput("Size")}");
    }

    // What was asked of images that are to be sampled.
    private static string? Asked(EvaluationRequest request) => request switch
    {
        { Guidance: not null } => nameof(request.Guidance),
        { MaskGuidance: not null } => nameof(request.MaskGuidance),
        { AttentionGuidance: not null } => nameof(request.AttentionGuidance),
        { AttentionInterval: not null } => nameof(request.AttentionInterval),
        { GuidanceInterval: not null } => nameof(request.GuidanceInterval),
        { Count: > 0 } => nameof(request.Count),
        _ => null,
    };

    private static ImageSet ReadGenerated(EvaluationRequest request, ImageSet real, ImageDataset dataset, CancellationToken cancellation)
    {
        var (folder, part) = (request.Generated, "folder");
        if (RunImages.IsRun(folder))
        {
            (folder, part) = (Path.Combine(request.Output, "generated"), FolderImages.Sampled);
            var sampling = new SampleRequest
            {
                Count = request.Count > 0 ? request.Count : real.Count,
                Seed = request.Seed,
                Guidance = request.Guidance,
                MaskGuidance = request.MaskGuidance,
                AttentionGuidance = request.AttentionGuidance,
                AttentionInterval = request.AttentionInterval,
                GuidanceInterval = request.GuidanceInterval,
                Threads = request.Threads,
                Compute = request.Compute,
                Progress = request.Progress,
            };
            RequireEnough(request.Generated, sampling.Count);
            if (Directory.Exists(folder) && PictureFiles.Enumerate(folder).Files.FirstOrDefault(file => !DrawnImages.IsDrawn(file)) is { } foreign)
            {
                throw new InputException(
                    $"{folder}: holds {foreign}, which was not drawn here and would be judged as the run's; remove it, "
                        + $"or choose another {new NamedInput("Output")}");
            }

            new RunImages(request.Generated) { Split = request.RealSplit }.Sample(folder, dataset, sampling, cancellation);
        }
        else if (Asked(request) is { } asked)
        {
            throw new InputException($"{folder}: is no run, and {new NamedInput(asked)} is for one, which is sampled");
        }

        // Generated images of retinas have discs, however their dataset came by its squares.
        return new FolderImages(real.Side, !request.Crop ? null : dataset.IsFundus ? FramingKind.Retina : dataset.Framing, request.Threads)
            .Read(folder, part, request.Most, (ulong)request.Seed, request.Progress, cancellation);
    }

    private static void RequireEnough(string path, int images)
    {
        if (images < SetSize.Least)
            throw new InputException($"{path}: {images} images; at least {SetSize.Least} are needed to judge a set, and {Few} to judge it well");
    }

    private IEnumerable<string> Remarks(EvaluationRequest request)
    {
        if (Real.Description.ContentHash == Generated.Description.ContentHash)
            throw new InputException($"{request.Generated}: its images are those of {request.Real}, pixel for pixel; there is nothing to judge");
        foreach (var warning in Looks(request)) yield return warning;
        foreach (var (name, set) in new[] { ("real", Real), ("generated", Generated) })
        {
            if (set.Count < Few)
            {
                yield return $"{set.Count} {name} images are few: distances are large for that reason alone (compare them with their floor, and look at the "
                    + "limit for many images), and intervals are wide";
            }
        }

        if (Generated.Description.Skipped.Count > 0)
        {
            yield return $"{Generated.Description.Skipped.Count} generated pictures gave no image and are not in any figure; the first: "
                + $"{Generated.Description.Skipped[0].File}: {Generated.Description.Skipped[0].Reason}";
        }

        var known = Real.Pixels.Concat(Training?.Pixels ?? []).Select(Hash).ToHashSet(StringComparer.Ordinal);
        var copies = Generated.Pixels.Count(pixels => known.Contains(Hash(pixels)));
        if (copies > 0) yield return $"{copies} of {Generated.Count} generated images are real ones, pixel for pixel";
        var repeated = Generated.Count - Generated.Pixels.Select(Hash).Distinct(StringComparer.Ordinal).Count();
        if (repeated > 0) yield return $"{repeated} of {Generated.Count} generated images repeat another, pixel for pixel";
        if (Training is null) yield break;
        if (RunImages.IsRun(request.Generated) && !new RunImages(request.Generated).WasTrainedOn(TrainingDataset!))
        {
            yield return $"{request.Generated} was not trained on {TrainingDataset!.Folder}: figures of memorisation say nothing about it; "
                + "name the dataset that it was trained on";
        }

        if (!RunImages.IsRun(request.Generated)) yield return $"that the generator was trained on {TrainingDataset!.Folder} is taken on trust";
    }

    private IEnumerable<string> Looks(EvaluationRequest request)
    {
        if (!AreCalledFundus) yield break;
        if (Modality != Modality.Fundus)
        {
            yield return $"{request.Real}: {100 * FundusLooks.Share(Real):F0} % of the real images look like fundus photographs; figures by FundusNet and by "
                + "the shipped graders, and those of colour, vessels, disc and light, were not made for them and are left out";
        }
        else if (FundusLooks.Share(Generated) is < FundusLooks.LeastShare and var generated)
        {
            yield return $"{request.Generated}: {100 * generated:F0} % of the generated images look like fundus photographs; what FundusNet and graders say of "
                + "the others is only that they are others";
        }
    }

    private static string Hash(byte[] pixels) => Convert.ToHexString(SHA256.HashData(pixels));
}

/// <summary>The pictures of a report.</summary>
internal static class ReportGrids
{
    private const int Columns = 12;
    private const int Images = 48;
    private const int Pairs = 12;

    public static ReportPictures Draw(
        ImageSet generated,
        ImageSet real,
        ImageSet? training,
        IReadOnlyList<byte[]>? reconstructions,
        MemorisationJudgement? copies,
        bool photographs) => new(
        Grid(Some(generated), generated.Side),
        photographs ? Grid(Some(real), real.Side) : null,
        photographs && training is not null && copies is not null ? Closest(generated, training, copies) : null,
        photographs && reconstructions is not null
            ? Grid([.. real.Pixels.Take(Columns), .. reconstructions.Take(Math.Min(Columns, real.Count))], real.Side)
            : null);

    /// <summary>Generated images that were told from real ones most surely, above those that were taken for real ones.</summary>
    public static byte[] ToldApart(ImageSet generated, TwoSampleJudgement judgement)
    {
        int[] order = [.. judgement.SurestFirst];
        var columns = Math.Min(Columns, order.Length / 2);
        return Grid([.. order.Take(columns).Concat(order.TakeLast(columns).Reverse()).Select(k => generated.Pixels[k])], generated.Side, columns);
    }

    private static byte[][] Some(ImageSet images) => [.. SetSample.Choose(images.Hashes, images.Classes, Images, seed: 0).Select(k => images.Pixels[k])];

    private static byte[] Closest(ImageSet generated, ImageSet training, MemorisationJudgement copies)
    {
        var pairs = copies.Report.Closest.Take(Pairs).ToArray();
        return Grid(
            [.. pairs.Select(pair => generated.Pixels[pair.Generated]), .. pairs.Select(pair => training.Pixels[pair.Training])], generated.Side, pairs.Length);
    }

    private static byte[] Grid(byte[][] images, int side, int columns = Columns)
    {
        var grid = ImageGrid.Compose(images, side, side, columns);
        return PngFile.Encode(grid);
    }
}
