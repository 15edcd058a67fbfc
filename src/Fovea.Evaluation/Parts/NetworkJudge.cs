using Fovea.Core;
using Fovea.Evaluation.Results;
using Fovea.Judges.Features;
using Fovea.Judges.Images;
using Fovea.Metrics.Distributions;

namespace Fovea.Evaluation.Parts;

/// <summary>
/// Distances and nearness to training images, by each feature network and by pixels. A report of one set and a study of many have their figures from
/// here, so that they can be set beside each other.
/// </summary>
/// <param name="networks">The networks; they stay the caller's.</param>
/// <param name="cache">Features that were measured before.</param>
/// <param name="replicates">Half-samples for intervals.</param>
/// <param name="seed">Seed of all subsets.</param>
/// <param name="threads">Threads; 0 for all cores.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="membership">Whether it is asked too if the generated images tell who was trained on.</param>
internal sealed class NetworkJudge(
    IReadOnlyList<IFeatureNetwork> networks,
    FeatureCache cache,
    int replicates,
    ulong seed,
    int threads,
    IProgress<ProgressUpdate>? progress,
    bool membership)
{
    private readonly FeatureJudge _distances = new(replicates, seed, threads);
    private readonly CopyJudge _copies = new(membership, seed, threads);

    private readonly Dictionary<ImageSet, ImageFeatures> _first = new(ReferenceEqualityComparer.Instance);

    /// <summary>The features of a set by the first network, which <see cref="Judge"/> has looked at.</summary>
    public ImageFeatures FirstOf(ImageSet images) => _first[images];

    /// <summary>Images that a network had no finite features for, and so are in none of its figures: a sentence a network and set.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Networks that were left out because too few images have features.</summary>
    public List<Omission> Omissions { get; } = [];

    /// <summary>Judges a set of generated images.</summary>
    /// <param name="real">What they are compared with.</param>
    /// <param name="generated">The images.</param>
    /// <param name="training">What the generator was trained on; null when nearness to it is not measured.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Fidelity and diversity by each network; nearness by each network and, last, by pixels, or none.</returns>
    public (IReadOnlyList<FeatureJudgement> Features, IReadOnlyList<MemorisationJudgement> Copies) Judge(
        ImageSet real, ImageSet generated, ImageSet? training, CancellationToken cancellation)
    {
        var stages = new StageReports(progress, cancellation);
        var (features, copies) = (new List<FeatureJudgement>(), new List<MemorisationJudgement>());
        foreach (var network in networks)
        {
            var source = new FeatureSource(network, cache, progress);
            var (ofReal, ofGenerated) = (Finite(source, real, "real", cancellation), Finite(source, generated, "generated", cancellation));
            // Before a network may be left out: the first one's features are asked for by others.
            var ofTraining = training is null ? null : Finite(source, training, "training", cancellation);
            if (Math.Min(ofReal.Images.Count, ofGenerated.Images.Count) < SetSize.Least)
            {
                Omissions.Add(
                    new(
                        network.Description.FrechetName,
                        $"{network.Description.Name} has finite features of {ofReal.Images.Count} real and {ofGenerated.Images.Count} "
                            + $"generated images; {SetSize.Least} of each are needed"));
                continue;
            }

            features.Add(
                stages.Of(
                    $"distances by {network.Description.Name}",
                    () => _distances.Judge(network.Description, ofReal.Matrix!, ofGenerated.Matrix!)));
            cancellation.ThrowIfCancellationRequested();
            if (training is not null && ofTraining is { Matrix: not null } known)
                copies.Add(_copies.ByFeatures((ofGenerated, known, ofReal), training, real, cancellation));
        }

        if (training is not null) copies.Add(stages.Of("nearest training images by pixels", () => _copies.ByPixels(generated, training, real, cancellation)));
        Omissions.AddRange(_copies.Omissions);
        return (features, copies);
    }

    private ImageFeatures Finite(FeatureSource source, ImageSet images, string name, CancellationToken cancellation)
    {
        var found = source.Finite(images, cancellation);
        if (source.Network == networks[0].Description) _first[images] = found;
        if (found.LeftOut.Count > 0) LeftOut.Add($"{source.Network.Name}: {images.Named(found.LeftOut, name)} no finite features; left out of its figures");
        return found;
    }
}

/// <summary>Tells of stages that have no steps of their own.</summary>
/// <param name="progress">Told when one begins and when it has ended.</param>
/// <param name="cancellation">Stops before one begins.</param>
internal sealed class StageReports(IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    public T Of<T>(string stage, Func<T> measure)
    {
        progress?.Report(new ProgressUpdate(stage, 0, 1, "steps"));
        cancellation.ThrowIfCancellationRequested();
        var result = measure();
        progress?.Report(new ProgressUpdate(stage, 1, 1, "steps"));
        return result;
    }
}
