using System.Diagnostics;
using Fovea.Core.Errors;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Judges.Images;
using Fovea.Metrics.Distributions;
using Fovea.Training.Configuration;

namespace Fovea.Evaluation.Parts;

/// <summary>Judges generated images beside real ones.</summary>
public static class Evaluator
{
    private const string NoPhotographs = "the real images are no fundus photographs, which this judge was made for; "
        + "name other feature networks and another grader";

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
            using var dataset = ImageDataset.Open(request.Real);
            var modality = Modality.Find(dataset);
            foreach (var name in request.Features is { Count: > 0 } given ? given : modality.Features)
            {
                networks.Add(
                    FeatureNetworks.Open(name, request.Threads, request.Compute));
            }

            using var grader = modality.Grader(request.Grader, dataset.Size, request.Threads, request.Compute);
            using var images = EvaluationImages.Read(request, cancellation);
            return new Evaluation(request, images, networks, grader, cancellation).Run() with { Seconds = watch.Elapsed.TotalSeconds };
        }
        finally
        {
            networks.ForEach(network => network.Dispose());
        }
    }

    private sealed class Evaluation(
        EvaluationRequest request, EvaluationImages images, List<IFeatureNetwork> all, NamedGrader? judge, CancellationToken cancellation)
    {
        // The shipped judges were made for photographs of the retina; a user's own stay.
        private readonly List<IFeatureNetwork> _networks = all.FindAll(network => images.Modality.Admits(network.Description.Hash));
        private readonly List<Omission> _omissions = [];
        private readonly ulong _seed = (ulong)request.Seed;
        private readonly StageReports _stages = new(request.Progress, cancellation);

        public EvaluationResult Run()
        {
            var network = new NetworkJudge(
                _networks, new FeatureCache(request.Cache), request.Replicates, _seed, request.Threads, request.Progress, membership: true);
            var (features, copies) = network.Judge(images.Real, images.Generated, images.Training, cancellation);
            if (all.Count == 0) _omissions.Add(new("distances and nearness by features", "no feature network was named; name one, such as an ONNX file"));
            foreach (var left in all.Except(_networks)) _omissions.Add(new(left.Description.FrechetName, NoPhotographs));
            _omissions.AddRange(network.Omissions);
            if (images.Training is { } training) copies = [.. copies.Select(copy => CopyJudge.WithPixels(copy, images.Generated, training))];
            else _omissions.Add(new("memorisation", "the generator's training images are not known; name the dataset that it was trained on"));
            var reconstructed = Reconstructed();
            // Before the result, which takes the warnings: they may add some.
            var (gradability, fundus, downstream, twoSample, classes) = (Gradability(reconstructed), Fundus(), Downstream(), TwoSample(), Classes(network));
            var ((masks, followed), segmenter) = (Masks(), Segmenter());
            return new EvaluationResult
            {
                Settings = Settings(),
                Real = images.Real.Description,
                Generated = images.Generated.Description,
                Training = images.Training?.Description,
                Warnings = [.. images.Warnings, .. network.LeftOut, .. TooManyDimensions()],
                Features = features,
                Variety = Variety(),
                Fundus = fundus,
                Gradability = gradability,
                Memorisation = copies,
                Downstream = downstream,
                Classes = classes,
                TwoSample = twoSample,
                Masks = masks,
                Segmenter = segmenter,
                Omissions = _omissions,
                Pictures = ReportGrids.Draw(
                    images.Generated,
                    images.Real,
                    images.Training,
                    reconstructed?.Pixels,
                    copies.Count > 0 ? copies[0] : null,
                    request.Photographs) with
                {
                    ToldApart = twoSample is null ? null : ReportGrids.ToldApart(images.Generated, twoSample),
                    // Of masks of photographs, the vessels of a person's eye.
                    Followed = request.Photographs ? followed : null,
                },
            };
        }

        private VarietyJudgement? Variety()
        {
            if (images.Real.Side >= MultiScaleSimilarity.LeastSide)
                return _stages.Of("likeness of pairs", () => new VarietyJudgement(Similarity(images.Generated), Similarity(images.Real)));
            _omissions.Add(new("likeness of pairs", $"images of {images.Real.Side} px; at least {MultiScaleSimilarity.LeastSide} px a side are needed"));
            return null;
        }

        private PairMean Similarity(ImageSet set)
        {
            var pictures = set.Pictures();
            return Diversity.Similarity([.. set.ContentOrder.Select(k => pictures[k])], request.SimilarityPairs, _seed, request.Threads);
        }

        private FundusJudgement? Fundus()
        {
            if (images.Modality != Modality.Fundus)
            {
                // Of images that were never said to be such photographs there is nothing to tell.
                if (images.AreCalledFundus) _omissions.Add(new("colour, vessels, disc and light", NoPhotographs));
                return null;
            }

            var judge = new FundusJudge(request.Replicates, _seed, request.Threads);
            var judgement = _stages.Of("colour and vessels", () => judge.Judge(images.Real, images.Generated, request.Progress, cancellation));
            images.Warnings.AddRange(judge.LeftOut);
            _omissions.AddRange(judge.Omissions);
            return judgement;
        }

        private ImageSet? Reconstructed()
        {
            var run = request.Reconstructions ?? (RunImages.IsRun(request.Generated) ? request.Generated : null);
            if (run is not null) return Reconstructor.Reconstruct(run, images.Real, request.Compute, request.Progress, cancellation);
            _omissions.Add(new("reconstructions, the ceiling of gradability", "the images come from a folder; name the run whose autoencoder reconstructs"));
            return null;
        }

        private GradabilityJudgement? Gradability(ImageSet? reconstructed)
        {
            if (judge is null) return null;
            if (!images.Modality.Admits(judge.Hash))
            {
                _omissions.Add(new("gradability", NoPhotographs));
                return null;
            }

            var rates = new GradabilityJudge(judge.Grader, request.Progress);
            var (isOutside, reason) = judge.OutsideOf(images.TrainingDataset);
            if (isOutside == false) images.Warnings.Add($"the grader is no outside judge: {reason}");
            var judgement = new GradabilityJudgement
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
            images.Warnings.AddRange(rates.LeftOut);
            return judgement;
        }

        private DownstreamJudgement? Downstream()
        {
            var (judgement, reason) = new DownstreamJudge(request, cancellation).Judge(images);
            if (reason is not null) _omissions.Add(new("downstream use", reason));
            return judgement;
        }

        private ClassJudgement? Classes(NetworkJudge network)
        {
            var (judgement, reason) = _networks.Count == 0
                ? (null, "no feature network looks at the images")
                : new ClassJudge(network.FirstOf, _seed).Judge(_networks[0].Description.Name, images);
            // Of images that were never meant to be of classes there is nothing to tell.
            if (reason is not null && images.Generated.Classes.Any(name => name is not null)) _omissions.Add(new("classes that were asked for", reason));
            return judgement;
        }

        private TwoSampleJudgement? TwoSample()
        {
            var (judgement, reason) = new TwoSampleJudge(request.TwoSampleSteps, request.Seed, request.Compute, request.Progress, cancellation)
                .Judge(images.Generated, images.Real);
            if (reason is not null) _omissions.Add(new("two-sample test", reason));
            return judgement;
        }

        private (MaskJudgement? Judgement, byte[]? Picture) Masks()
        {
            var (judgement, picture, reason) = _stages.Of("masks", () => new MaskJudge(_seed, request.Threads).Judge(images, cancellation));
            if (reason is not null) _omissions.Add(new("whether images follow masks", reason));
            return (judgement, picture);
        }

        private SegmenterJudgement? Segmenter()
        {
            var (judgement, reason) = new SegmenterJudge(request, cancellation).Judge(images);
            if (reason is not null) _omissions.Add(new("segmenters of vessels", reason));
            return judgement;
        }

        private IEnumerable<string> TooManyDimensions() =>
            from network in _networks
            let count = Math.Min(images.Real.Count, images.Generated.Count)
            where count <= network.Description.Dimensions
            select $"{network.Description.FrechetName}: {count} images span less than its {network.Description.Dimensions} features, "
                + $"the covariance is not of full rank and the distance far above its limit";

        private List<KeyValuePair<string, string>> Settings() =>
        [
            new("real", request.Real), new("split", images.Real.Description.Part), new("generated", request.Generated), new(
                "training images", images.TrainingDataset?.Folder ?? "not known"),
            new("features", _networks.Count == 0 ? "none" : string.Join(", ", _networks.Select(network => network.Description.Name))), new(
                "resizing", "Keys' cubic kernel (a = −1/2), widened by the reduction, for real and generated images alike"),
            new(
                "generated pictures",
                !request.Crop ? "taken whole"
                    : images.Modality == Modality.Fundus ? "the retina found and cropped, as of photographs"
                    : "framed as the real images were"),
            .. GuidanceSettings(),
            new("half-samples", $"{request.Replicates}"), new("seed", $"{request.Seed}"),
        ];

        private IEnumerable<KeyValuePair<string, string>> GuidanceSettings()
        {
            if (request.Guidance is { } guidance) yield return new("guidance", FormattableString.Invariant($"{guidance}"));
            if (request.MaskGuidance is { } maskGuidance) yield return new("mask guidance", FormattableString.Invariant($"{maskGuidance}"));
            if (!RunImages.IsRun(request.Generated)) yield break;
            var own = RunImages.Settings(request.Generated);
            var interval = request.GuidanceInterval ?? own.GuidanceInterval;
            if (interval != TimeInterval.Whole) yield return new("guided times", interval.ToString());
            if ((request.AttentionGuidance ?? own.AttentionGuidance) is not 0 and var attention)
            {
                var times = request.AttentionInterval ?? own.AttentionInterval;
                yield return new("attention guidance", FormattableString.Invariant($"{attention}{(times == TimeInterval.Whole ? "" : $", times {times}")}"));
            }
        }
    }
}
