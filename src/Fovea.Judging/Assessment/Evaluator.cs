using System.Diagnostics;
using Fovea.Core.Errors;
using Fovea.Evaluation.Metrics;
using Fovea.Imaging.Datasets;
using Fovea.Judging.Assessment.Images;
using Fovea.Judging.Assessment.Judges;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Features;

namespace Fovea.Judging.Assessment;

/// <summary>Judges generated images beside real ones.</summary>
public static class Evaluator
{
    private const int SimilarityPairs = 2000;

    /// <summary>Reads, measures, and returns what was found; the caller writes the report.</summary>
    /// <exception cref="InputException">Images are missing or too few, or a network does not fit.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; features measured so far are in the cache.</exception>
    public static EvaluationResult Run(EvaluationRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var watch = Stopwatch.StartNew();
        // Everything that a user may have named wrongly is opened before anything long begins.
        var networks = new List<IFeatureNetwork>();
        try
        {
            foreach (var name in request.Features is { Count: > 0 } given ? given : [FeatureNetworks.Shipped]) networks.Add(FeatureNetworks.Open(name, request.Threads));
            using var dataset = ImageDataset.Open(request.Real);
            using var grader = JudgedBy.Open(request.Grader, dataset.Size, request.Threads);
            using var images = EvaluationImages.Read(request, cancellation);
            return new Evaluation(request, images, networks, grader, cancellation).Run() with { Seconds = watch.Elapsed.TotalSeconds };
        }
        finally
        {
            networks.ForEach(network => network.Dispose());
        }
    }

    private sealed class Evaluation(EvaluationRequest request, EvaluationImages images, List<IFeatureNetwork> networks, JudgedBy judge, CancellationToken cancellation)
    {
        private readonly List<Omission> _omissions = [];
        private readonly ulong _seed = (ulong)request.Seed;
        private readonly StageReports _stages = new(request.Progress, cancellation);

        public EvaluationResult Run()
        {
            var (features, copies) = new NetworkJudge(networks, new FeatureCache(request.Cache), request.Replicates, _seed, request.Threads, request.Progress)
                .Judge(images.Real, images.Generated, images.Training, cancellation);
            if (images.Training is { } training) copies = [.. copies.Select(copy => CopyJudge.WithPixels(copy, images.Generated, training))];
            else _omissions.Add(new("memorisation", "the generator's training images are not known; name their dataset with --train"));
            var reconstructed = Reconstructed();
            // Before the result, which takes the warnings: they may add some.
            var (gradability, downstream) = (Gradability(reconstructed), Downstream());
            return new EvaluationResult
            {
                Settings = Settings(),
                Real = images.Real.Facts,
                Generated = images.Generated.Facts,
                Training = images.Training?.Facts,
                Warnings = [.. images.Warnings, .. TooManyDimensions()],
                Features = features,
                Variety = Variety(),
                Fundus = _stages.Of("colour and vessels", () => new FundusJudge(request.Replicates, _seed, request.Threads).Judge(images.Real, images.Generated, request.Progress, cancellation)),
                Gradability = gradability,
                Memorisation = copies,
                Downstream = downstream,
                Omissions = _omissions,
                Pictures = ReportGrids.Of(images.Generated, images.Real, images.Training, reconstructed?.Pixels, copies.Count > 0 ? copies[0] : null, request.Photographs),
            };
        }

        private VarietyJudgement? Variety() => _stages.Of("likeness of pairs", () => new VarietyJudgement(
            Diversity.Similarity(images.Generated.Pictures(), SimilarityPairs, _seed, request.Threads), Diversity.Similarity(images.Real.Pictures(), SimilarityPairs, _seed, request.Threads)));

        private ImageSet? Reconstructed()
        {
            var run = request.Reconstructions ?? (RunImages.IsRun(request.Generated) ? request.Generated : null);
            if (run is not null) return Reconstructor.Reconstruct(run, images.Real, request.Progress, cancellation);
            _omissions.Add(new("reconstructions, the ceiling of gradability", "the images come from a folder; name the run that made them with --reconstruct"));
            return null;
        }

        private GradabilityJudgement Gradability(ImageSet? reconstructed)
        {
            var rates = new GradabilityJudge(judge.Grader, request.Progress);
            var (isOutside, reason) = judge.OutsideOf(images.TrainingDataset);
            if (isOutside == false) images.Warnings.Add($"the grader is no outside judge: {reason}");
            return new GradabilityJudgement
            {
                Grader = judge.Name,
                GraderHash = judge.Hash,
                GraderSide = judge.Grader.Side,
                IsOutside = isOutside,
                OutsideReason = reason,
                Generated = rates.Rate("generated", images.Generated, cancellation),
                Real = rates.Rate("real", images.Real, cancellation),
                Reconstructed = reconstructed is null ? null : rates.Rate("reconstructed", reconstructed, cancellation),
                Confusion = judge.Confusion,
            };
        }

        private DownstreamJudgement? Downstream()
        {
            var (judgement, reason) = new DownstreamJudge(request, cancellation).Judge(images);
            if (reason is not null) _omissions.Add(new("downstream use", reason));
            return judgement;
        }

        private IEnumerable<string> TooManyDimensions() =>
            from network in networks
            let count = Math.Min(images.Real.Count, images.Generated.Count)
            where count <= network.Facts.Dimensions
            select $"{network.Facts.FrechetName}: {count} images span less than its {network.Facts.Dimensions} features, the covariance is not of full rank and the distance far above its limit";

        private List<KeyValuePair<string, string>> Settings() =>
        [
            new("real", request.Real), new("split", images.Real.Facts.Part), new("generated", request.Generated), new("training images", images.TrainingDataset?.Folder ?? "not known"),
            new("features", string.Join(", ", networks.Select(network => network.Facts.Name))), new("resizing", "Keys' cubic kernel (a = −1/2), widened by the reduction, for real and generated images alike"),
            new("generated pictures", request.Crop ? "the retina found and cropped, as of photographs" : "taken whole"),
            new("half-samples", $"{request.Replicates}"), new("seed", $"{request.Seed}"),
        ];
    }
}
