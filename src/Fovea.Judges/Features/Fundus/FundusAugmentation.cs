using Fovea.Core.Random;
using Fovea.Judges.Training;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Judges.Features.Fundus;

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
            results[i] = [.. labels[i].Select(
                (label, task) =>
                    mirrored[i] && tasks[task].Name == FundusColumns.Eye && label is not null ? [.. label.Reverse()] : label)];
            rows[i] = changed[i];
            var isFaulty = IsGood(results[i]) && random.NextDouble() < FaultShare;
            if (isFaulty) (rows[i], results[i]) = Faulty(rows[i]);
            var side = rows[i].shape[1];
            var isCoarse = random.NextDouble() < CoarseShare && side > CoarseSide;
            // Detail is lost and noise added where the picture is made: at a small generator's own size.
            if (isCoarse) rows[i] = nn.functional.adaptive_avg_pool2d(rows[i].unsqueeze(0), [CoarseSide, CoarseSide]).squeeze(0);
            if (!isFaulty) (rows[i], results[i]) = FundusDegradation.Apply(rows[i], tasks, results[i], random);
            if (isCoarse)
                rows[i] = nn.functional.interpolate(rows[i].unsqueeze(0), [side, side], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(0);
        }

        return (stack(rows).Times(2).Minus(1), results);
    }

    private bool IsGood(float[]?[] labels) => labels.Where((label, task) => tasks[task].Name == FundusColumns.Quality && label is [1, ..]).Any();

    private (Tensor Image, float[]?[] Labels) Faulty(Tensor image) =>
        (PlantedFault.Apply(image, random), [.. tasks.Select(task => task.Name == FundusColumns.Quality ? [0, 0, 1] : (float[]?)null)]);
}

/// <summary>
/// The self-supervised tasks: how much a picture was blurred and how noisy it was made. No label asks for fine detail, and a network that was
/// never asked does not see whether it is there.
/// </summary>
internal static class FundusDegradation
{
    private const string Blur = "planted_blur";
    private const string Noise = "planted_noise";
    private const double UntouchedShare = 0.5;
    private const double Weight = 0.5;

    // Standard deviations of the Gaussian, as shares of the side: 0.8 px and more at 128 px.
    private static readonly (double Low, double High)[] Blurs = [(0.8 / 128, 1.4 / 128), (1.8 / 128, 2.6 / 128), (3.4 / 128, 6.0 / 128)];

    // Standard deviations as shares of the range of grey.
    private static readonly (double Low, double High)[] Noises = [(0.01, 0.03), (0.05, 0.15)];

    /// <summary>The two tasks.</summary>
    public static IReadOnlyList<FundusTask> Tasks { get; } =
    [
        new(Blur, ["none", "slight", "clear", "strong"], IsMultiLabel: false, Weight),
        new(Noise, ["none", "slight", "strong"], IsMultiLabel: false, Weight),
    ];

    /// <summary>Perhaps blurs a picture, then perhaps adds noise to it, and labels what was done.</summary>
    /// <param name="image">[3, side, side] in [0, 1].</param>
    /// <param name="tasks">The network's tasks; those of other names keep their labels.</param>
    /// <param name="labels">[tasks].</param>
    /// <param name="random">Chooses how much, and gives the noise.</param>
    public static (Tensor Image, float[]?[] Labels) Apply(Tensor image, IReadOnlyList<FundusTask> tasks, float[]?[] labels, CounterRandom random)
    {
        var (blur, noise) = (Level(Blurs.Length, random), Level(Noises.Length, random));
        if (blur > 0) image = Blurred(image, random.NextDouble(Blurs[blur - 1].Low, Blurs[blur - 1].High) * image.shape[1]);
        if (noise > 0)
        {
            image = image.Plus(Grain(image.shape, random, image.device).Times((float)random.NextDouble(Noises[noise - 1].Low, Noises[noise - 1].High)))
                .Clamped(0, 1);
        }

        return (image, [.. labels.Select((label, task) => tasks[task].Name switch
        {
            Blur => OneHot(tasks[task], blur),
            Noise => OneHot(tasks[task], noise),
            _ => label,
        })]);
    }

    private static int Level(int count, CounterRandom random) => random.NextDouble() < UntouchedShare ? 0 : 1 + random.NextInt(count);

    private static float[] OneHot(FundusTask task, int level) => [.. task.Classes.Select((_, c) => c == level ? 1f : 0f)];

    private static Tensor Grain(long[] shape, CounterRandom random, Device device)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        random.FillNormal(values);
        return tensor(values, shape, device: device);
    }

    /// <summary>Columns and rows averaged by one matrix: its row i weighs the pixels around i, and sums to one at the edge too.</summary>
    private static Tensor Blurred(Tensor image, double sigma)
    {
        var at = TensorSpans.FromFloats([.. Enumerable.Range(0, (int)image.shape[1]).Select(position => (float)position)]).to(image.device);
        var weights = (at.unsqueeze(1) - at.unsqueeze(0)).Squared().Times((float)(-0.5 / (sigma * sigma))).exp();
        weights = weights / weights.sum(1, keepdim: true);
        return matmul(matmul(weights, image), weights.t());
    }
}
