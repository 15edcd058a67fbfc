using Fovea.Core.Random;
using Fovea.Judging.Training;
using static TorchSharp.torch;

namespace Fovea.Judging.Features.Fundus;

/// <summary>
/// Changes of place and colour. Turns are small, because a picture turned by 180° looks like the other eye's, and a mirrored picture is of the other
/// eye. Half of the pictures lose what 64 px cannot hold, so that generators of 64 px and of 128 px are both judged inside what was learnt.
/// On some good pictures a fault is planted; of such a picture the quality alone is known.
/// Of the others some are blurred or made noisy (<see cref="FundusDegradation"/>).
/// </summary>
internal sealed class FundusAugmentation(CounterRandom random, IReadOnlyList<FundusTask> tasks)
{
    private const double CoarseShare = 0.5;
    private const int CoarseSide = 64;
    private const double FaultShare = 0.25;

    /// <summary>The changed batch with its labels; the given labels stay as they are.</summary>
    /// <param name="images">[batch, 3, side, side] in [−1, 1].</param>
    /// <param name="labels">[batch][tasks]: as <see cref="FundusLabels.Of"/> gives them.</param>
    public (Tensor Images, float[]?[][] Labels) Apply(Tensor images, IReadOnlyList<float[]?[]> labels)
    {
        var changes = new PictureChanges(random);
        var changed = changes.Coloured(changes.Placed(images, PictureChanges.SmallTurns, out var mirrored));
        var rows = new Tensor[labels.Count];
        var results = new float[]?[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            results[i] = [.. labels[i].Select((label, task) => mirrored[i] && tasks[task].Name == FundusColumns.Eye && label is not null ? [.. label.Reverse()] : label)];
            rows[i] = changed[i];
            var isFaulty = IsGood(results[i]) && random.NextDouble() < FaultShare;
            if (isFaulty) (rows[i], results[i]) = Faulty(rows[i]);
            var side = rows[i].shape[1];
            var isCoarse = random.NextDouble() < CoarseShare && side > CoarseSide;
            // Detail is lost and noise added where the picture is made: at a small generator's own size.
            if (isCoarse) rows[i] = nn.functional.adaptive_avg_pool2d(rows[i].unsqueeze(0), [CoarseSide, CoarseSide]).squeeze(0);
            if (!isFaulty) (rows[i], results[i]) = FundusDegradation.Apply(rows[i], tasks, results[i], random);
            if (isCoarse) rows[i] = nn.functional.interpolate(rows[i].unsqueeze(0), [side, side], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(0);
        }

        return (stack(rows).mul(2).sub(1), results);
    }

    private bool IsGood(float[]?[] labels) => labels.Where((label, task) => tasks[task].Name == FundusColumns.Quality && label is [1, ..]).Any();

    private (Tensor Image, float[]?[] Labels) Faulty(Tensor image) =>
        (PlantedFault.Apply(image, random), [.. tasks.Select(task => task.Name == FundusColumns.Quality ? [0, 0, 1] : (float[]?)null)]);
}
