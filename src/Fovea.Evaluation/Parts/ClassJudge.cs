using Fovea.Evaluation.Images;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Judges.Images;
using Fovea.Metrics;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Parts;

/// <summary>Asks a discriminant of training images, in the features of one network, which class it sees in held-out and in generated images.</summary>
/// <param name="features">The features of a set by the network.</param>
/// <param name="seed">Seed of the intervals.</param>
internal sealed class ClassJudge(Func<ImageSet, ImageFeatures> features, ulong seed)
{
    private const int LeastImages = 20;

    /// <summary>The judgement, or why there is none.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="images">The images.</param>
    public (ClassJudgement? Judgement, string? Reason) Judge(string network, EvaluationImages images)
    {
        if (images.Classes.Count < 2) return (null, "the real dataset names no classes; prepare it with a column of labels");
        if (images.Generated.Classes.All(name => name is null)) return (null, "the generated images have no classes");
        if (images.Training is not { } training) return (null, "the generator's training images are not known; name the dataset that it was trained on");
        var (known, real, generated) = (Labelled(training, images.Classes), Labelled(images.Real, images.Classes), Labelled(images.Generated, images.Classes));
        if (Enumerable.Range(0, images.Classes.Count).FirstOrDefault(label => !known.Labels.Contains(label), -1) is >= 0 and var missing)
            return (null, $"no training image is of the class '{ClassLookup.Printable(images.Classes[missing])}'");
        if (Math.Min(real.Labels.Length, generated.Labels.Length) < LeastImages || known.Labels.Length <= images.Classes.Count)
            return (null, $"fewer than {LeastImages} real or generated images have a class that the real dataset knows");
        var discriminant = LinearDiscriminant.Fit(known.Matrix!, known.Labels, images.Classes.Count);
        ClassConfusion Confusion((FeatureMatrix? Matrix, int[] Labels) set) => Of(set.Labels, discriminant.Classify(set.Matrix!), images.Classes.Count);
        return (new(network, images.Classes, Confusion(real), Confusion(generated)), null);
    }

    private ClassConfusion Of(int[] labels, int[] seen, int classes)
    {
        var counts = Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray();
        foreach (var (label, verdict) in labels.Zip(seen)) counts[label][verdict]++;
        return new(counts, BalancedAccuracy.Measure(labels, seen, seed)) { RankCorrelation = RankCorrelation.Measure(labels, seen) };
    }

    private (FeatureMatrix? Matrix, int[] Labels) Labelled(ImageSet set, IReadOnlyList<string> classes)
    {
        var found = features(set);
        var labels = set.Classes.OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => ClassLookup.Find(classes, name), StringComparer.Ordinal);
        int[] rows = [.. Enumerable.Range(0, found.Images.Count).Where(row => set.Classes[found.Images[row]] is { } name && labels[name] is not null)];
        return (rows.Length == 0 ? null : found.Matrix!.Select(rows), [.. rows.Select(row => labels[set.Classes[found.Images[row]]!]!.Value)]);
    }
}
