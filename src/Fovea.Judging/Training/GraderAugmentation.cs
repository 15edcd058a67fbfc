using Fovea.Core.Random;
using Fovea.Judging.Grading;
using static TorchSharp.torch;

namespace Fovea.Judging.Training;

/// <summary>
/// Changes that leave a picture's quality as it is (turns, mirror images, small shifts and scales, slight colour changes), and on some good
/// pictures a planted fault that makes a reject of them, because few photographs are labelled so.
/// </summary>
internal sealed class GraderAugmentation(CounterRandom random)
{
    private const double FaultShare = 0.25;

    /// <summary>The changed batch with its grades.</summary>
    /// <param name="images">[batch, 3, side, side] in [−1, 1].</param>
    /// <param name="grades">[batch].</param>
    public (Tensor Images, QualityGrade[] Grades) Apply(Tensor images, IReadOnlyList<QualityGrade> grades)
    {
        var changed = (Turned(images) + 1).div(2).mul(Gains((int)images.shape[0])).clamp(0, 1);
        var results = grades.ToArray();
        var rows = new Tensor[results.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = changed[i];
            if (results[i] != QualityGrade.Good || random.NextDouble() >= FaultShare) continue;
            (rows[i], results[i]) = (PlantedFault.Apply(rows[i], random), QualityGrade.Reject);
        }

        return (stack(rows).mul(2).sub(1), results);
    }

    private Tensor Turned(Tensor images)
    {
        var (count, side) = ((int)images.shape[0], images.shape[2]);
        var maps = new float[6 * count];
        for (var i = 0; i < count; i++)
        {
            var (sin, cos) = Math.SinCos(random.NextDouble(0, Math.Tau));
            var (scale, mirror) = (random.NextDouble(0.92, 1.1), random.NextInt(2) == 0 ? 1 : -1);
            double[] map = [scale * cos * mirror, -scale * sin, random.NextDouble(-0.04, 0.04), scale * sin * mirror, scale * cos, random.NextDouble(-0.04, 0.04)];
            for (var k = 0; k < map.Length; k++) maps[(6 * i) + k] = (float)map[k];
        }

        var grid = nn.functional.affine_grid(tensor(maps, [count, 2, 3]), [count, 3, side, side], align_corners: false);
        return nn.functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
    }

    private Tensor Gains(int count)
    {
        var gains = new float[3 * count];
        for (var i = 0; i < count; i++)
        {
            var all = random.NextDouble(0.88, 1.12);
            for (var channel = 0; channel < 3; channel++) gains[(3 * i) + channel] = (float)(all * random.NextDouble(0.94, 1.06));
        }

        return tensor(gains, [count, 3, 1, 1]);
    }
}
