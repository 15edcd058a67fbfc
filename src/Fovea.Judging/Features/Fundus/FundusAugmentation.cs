using Fovea.Core.Random;
using Fovea.Judging.Training;
using static TorchSharp.torch;

namespace Fovea.Judging.Features.Fundus;

/// <summary>
/// Changes of place and colour. Turns are small, because a picture turned by 180° looks like the other eye's, and a mirrored picture is of the other
/// eye. Half of the pictures lose what 64 px cannot hold, so that generators of 64 px and of 128 px are both judged inside what was learnt.
/// On some good pictures a fault is planted; of such a picture the quality alone is known.
/// </summary>
internal sealed class FundusAugmentation(CounterRandom random, IReadOnlyList<FundusTask> tasks)
{
    private const double LargestTurn = Math.PI / 6;
    private const double CoarseShare = 0.5;
    private const int CoarseSide = 64;
    private const double FaultShare = 0.25;

    /// <summary>The changed batch with its labels; the given labels stay as they are.</summary>
    /// <param name="images">[batch, 3, side, side] in [−1, 1].</param>
    /// <param name="labels">[batch][tasks]: as <see cref="FundusLabels.Of"/> gives them.</param>
    public (Tensor Images, float[]?[][] Labels) Apply(Tensor images, IReadOnlyList<float[]?[]> labels)
    {
        var changes = new PictureChanges(random);
        var changed = changes.Coloured(changes.Placed(images, (-LargestTurn, LargestTurn), out var mirrored));
        var rows = new Tensor[labels.Count];
        var results = new float[]?[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            results[i] = [.. labels[i].Select((label, task) => mirrored[i] && tasks[task].Name == FundusColumns.Eye && label is not null ? [.. label.Reverse()] : label)];
            rows[i] = changed[i];
            if (IsGood(results[i]) && random.NextDouble() < FaultShare) (rows[i], results[i]) = Faulty(rows[i]);
            if (random.NextDouble() < CoarseShare) rows[i] = Coarse(rows[i]);
        }

        return (stack(rows).mul(2).sub(1), results);
    }

    private bool IsGood(float[]?[] labels) => labels.Where((label, task) => tasks[task].Name == FundusColumns.Quality && label is [1, ..]).Any();

    private (Tensor Image, float[]?[] Labels) Faulty(Tensor image) =>
        (PlantedFault.Apply(image, random), [.. tasks.Select(task => task.Name == FundusColumns.Quality ? [0, 0, 1] : (float[]?)null)]);

    private static Tensor Coarse(Tensor image)
    {
        var side = image.shape[1];
        if (side <= CoarseSide) return image;
        var small = nn.functional.adaptive_avg_pool2d(image.unsqueeze(0), [CoarseSide, CoarseSide]);
        return nn.functional.interpolate(small, [side, side], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(0);
    }
}
