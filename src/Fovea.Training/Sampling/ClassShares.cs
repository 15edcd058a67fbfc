using Fovea.Training.Runs;

namespace Fovea.Training.Sampling;

/// <summary>Spreads a number of images over classes.</summary>
public static class ClassShares
{
    /// <summary>
    /// How many of <paramref name="count"/> images each class gets: its share rounded down, and one of what is left in the order
    /// of the largest remainders, the first class before others of equal remainder. The sum is <paramref name="count"/>.
    /// </summary>
    /// <param name="weights">How much each class weighs, such as its training images; all 0 for equal shares.</param>
    /// <param name="count">Images in all.</param>
    public static int[] Share(IReadOnlyList<int> weights, int count)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfZero(weights.Count, nameof(weights));
        var sum = weights.Sum(weight => (long)weight);
        if (sum == 0) return Share([.. weights.Select(_ => 1)], count);
        int[] shares = [.. weights.Select(weight => (int)((Int128)count * weight / sum))];
        var left = count - shares.Sum();
        foreach (var label in Enumerable.Range(0, weights.Count)
            .OrderByDescending(label => (long)((Int128)count * weights[label] % sum))
            .ThenBy(label => label)
            .Take(left))
        {
            shares[label]++;
        }

        return shares;
    }

    /// <summary>As the other overload, by the training images of a run; by equal shares where they are not known.</summary>
    /// <param name="metadata">What is stored with the run's denoiser.</param>
    /// <param name="classCount">Classes that it is conditioned on.</param>
    /// <param name="count">Images in all.</param>
    public static int[] Labels(DenoiserMetadata metadata, int classCount, int count)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return Labels(metadata.ClassImages.Count == classCount ? metadata.ClassImages : new int[classCount], count);
    }

    /// <summary>The class of each image, in an order in which every stretch has the classes in about their shares.</summary>
    /// <param name="weights">As of <see cref="Share"/>.</param>
    /// <param name="count">Images in all.</param>
    /// <returns>[count]: labels.</returns>
    public static int[] Labels(IReadOnlyList<int> weights, int count) =>
    [
        .. Share(weights, count).SelectMany((share, label) => Enumerable.Range(0, share).Select(k => (Label: label, At: (k + 0.5) / share)))
            .OrderBy(image => image.At).ThenBy(image => image.Label).Select(image => image.Label),
    ];
}
