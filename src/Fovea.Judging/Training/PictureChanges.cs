using Fovea.Core.Random;
using static TorchSharp.torch;

namespace Fovea.Judging.Training;

/// <summary>Random changes of place and colour that a camera or an operator makes too.</summary>
internal sealed class PictureChanges(CounterRandom random)
{
    /// <summary>Turns, in radians, that leave what is at the left at the left, and what is at the top at the top.</summary>
    public static readonly (double Low, double High) SmallTurns = (-Math.PI / 6, Math.PI / 6);

    /// <summary>Any turns.</summary>
    public static readonly (double Low, double High) AllTurns = (0, Math.Tau);

    /// <summary>Turned, scaled by 0.92 to 1.1 and shifted by up to 2 % of the side, each image by draws of its own.</summary>
    /// <param name="images">[batch, 3, side, side].</param>
    /// <param name="turns">Range of the turns, radians.</param>
    /// <param name="mirrored">Which were mirrored left to right [batch].</param>
    /// <param name="mayMirror">Which may be mirrored [batch]; null for all.</param>
    public Tensor Placed(Tensor images, (double Low, double High) turns, out bool[] mirrored, IReadOnlyList<bool>? mayMirror = null)
    {
        var (count, side) = ((int)images.shape[0], images.shape[2]);
        var maps = new float[6 * count];
        mirrored = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var (sin, cos) = Math.SinCos(random.NextDouble(turns.Low, turns.High));
            var scale = random.NextDouble(0.92, 1.1);
            mirrored[i] = random.NextInt(2) != 0 && (mayMirror is null || mayMirror[i]);
            var mirror = mirrored[i] ? -1 : 1;
            double[] map = [scale * cos * mirror, -scale * sin, random.NextDouble(-0.04, 0.04), scale * sin * mirror, scale * cos, random.NextDouble(-0.04, 0.04)];
            for (var k = 0; k < map.Length; k++) maps[(6 * i) + k] = (float)map[k];
        }

        var grid = nn.functional.affine_grid(tensor(maps, [count, 2, 3]), [count, 3, side, side], align_corners: false);
        return nn.functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
    }

    /// <summary>Slightly brighter or darker, and slightly of another colour.</summary>
    /// <param name="images">[batch, 3, side, side] in [−1, 1].</param>
    /// <returns>[batch, 3, side, side] in [0, 1].</returns>
    public Tensor Coloured(Tensor images) => (images + 1).div(2).mul(Gains((int)images.shape[0])).clamp(0, 1);

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
