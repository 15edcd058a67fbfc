using Fovea.Imaging.Datasets;
using Fovea.Training.Configuration;

namespace Fovea.Training.Batches;

/// <summary>
/// Which training images a step sees mirrored left to right, and the class of each as it is seen: half of the images, by seed and
/// step. An image whose class names a side takes the class of the other side, and is not mirrored where there is none.
/// </summary>
internal sealed class Mirroring
{
    private readonly Laterality _sides;
    private readonly bool _isOn;
    private readonly int _seed;
    private readonly int?[] _labels;

    /// <param name="config">Its seed, and whether images are mirrored at all.</param>
    /// <param name="dataset">The dataset; its training images are the items.</param>
    public Mirroring(RunConfig config, ImageDataset dataset)
    {
        (_isOn, _seed) = (config.Flip, config.Seed);
        _sides = SidesOf(dataset);
        _labels = [.. dataset.IndicesOf(Split.Train).Select(index => dataset.Entries[index].Label)];
    }

    /// <summary>What a user should know of it before training begins; null when there is nothing out of the ordinary.</summary>
    public static string? Describe(RunConfig config, ImageDataset dataset) =>
        config.Flip ? SidesOf(dataset).Describe() : $"images are not mirrored ({GeneralSettings.Flip.Key} = false)";

    /// <summary>Which items of a step are mirrored.</summary>
    public bool[] At(long step, IReadOnlyList<int> items)
    {
        // A draw for every item, mirrored or not: the draws of one must not move those of the others.
        var random = RandomStream.Flips.At(_seed, step);
        return [.. items.Select(item => random.NextInt(2) == 1 && _isOn && _sides.TryMirror(_labels[item], out _))];
    }

    /// <summary>The class of an item as it is seen; null for none.</summary>
    public int? LabelOf(int item, bool isMirrored)
    {
        if (!isMirrored) return _labels[item];
        _sides.TryMirror(_labels[item], out var label);
        return label;
    }

    private static Laterality SidesOf(ImageDataset dataset) => Laterality.Find(dataset.ClassNames, dataset.LabelColumn);
}
