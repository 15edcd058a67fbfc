using Fovea.Core.Random;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Judges.Training;

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
            double[] map =
            [
                scale * cos * mirror,
                -scale * sin,
                random.NextDouble(-0.04, 0.04),
                scale * sin * mirror,
                scale * cos,
                random.NextDouble(-0.04, 0.04),
            ];
            for (var k = 0; k < map.Length; k++) maps[(6 * i) + k] = (float)map[k];
        }

        // On the CPU, as the numbers that it is made of.
        var grid = nn.functional.affine_grid(tensor(maps, [count, 2, 3], device: CPU), [count, 3, side, side], align_corners: false).to(images.device);
        return nn.functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
    }

    /// <summary>Slightly brighter or darker, and slightly of another colour.</summary>
    /// <param name="images">[batch, 3, side, side] in [−1, 1].</param>
    /// <returns>[batch, 3, side, side] in [0, 1].</returns>
    public Tensor Coloured(Tensor images) => images.Plus(1).Over(2).mul(Gains((int)images.shape[0], images.device)).Clamped(0, 1);

    private Tensor Gains(int count, Device device)
    {
        var gains = new float[3 * count];
        for (var i = 0; i < count; i++)
        {
            var all = random.NextDouble(0.88, 1.12);
            for (var channel = 0; channel < 3; channel++) gains[(3 * i) + channel] = (float)(all * random.NextDouble(0.94, 1.06));
        }

        return tensor(gains, [count, 3, 1, 1], device: device);
    }
}

/// <summary>
/// Faults that make a picture unreadable: out of focus, too dark, behind a veil, under grain, in pieces. No photograph has the last two, but a
/// generator that has learnt little draws such pictures, and a judge that never saw any takes their sharp edges for vessels.
/// </summary>
internal static class PlantedFault
{
    // Outside the retina a picture is black, and a veil leaves it so.
    private const float Black = 0.06f;
    private static readonly float[] Veil = [0.75f, 0.6f, 0.45f];

    /// <summary>One picture with one fault.</summary>
    /// <param name="image">[3, side, side] in [0, 1].</param>
    /// <param name="random">Chooses which and how strong.</param>
    public static Tensor Apply(Tensor image, CounterRandom random) => random.NextInt(5) switch
    {
        0 => Blurred(image, random.NextInt(4) + 4),
        1 => image.Times((float)random.NextDouble(0.1, 0.35)),
        2 => Grainy(image, random),
        3 => Scrambled(image, random),
        _ => Veiled(image, (float)random.NextDouble(0.5, 0.85)),
    };

    private static Tensor Blurred(Tensor image, int factor)
    {
        var side = image.shape[1];
        var small = nn.functional.adaptive_avg_pool2d(image.unsqueeze(0), [Math.Max(4, side / factor), Math.Max(4, side / factor)]);
        return nn.functional.interpolate(small, [side, side], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(0);
    }

    /// <summary>Normal noise, the same over squares of 1 to 4 pixels.</summary>
    private static Tensor Grainy(Tensor image, CounterRandom random)
    {
        var (side, square) = ((int)image.shape[1], 1 << random.NextInt(3));
        var noise = new float[3 * (side / square) * (side / square)];
        random.FillNormal(noise);
        var grain = tensor(noise, [3, side / square, side / square], device: image.device).repeat_interleave(square, 1).repeat_interleave(square, 2);
        return image.Plus(grain.Times((float)random.NextDouble(0.15, 0.4))).Clamped(0, 1);
    }

    /// <summary>Squares of 1/64 to 1/8 of the side in another order.</summary>
    private static Tensor Scrambled(Tensor image, CounterRandom random)
    {
        var side = image.shape[1];
        var tile = Math.Max(1, side >> (random.NextInt(4) + 3));
        var across = side / tile;
        long[] order = [.. Enumerable.Range(0, (int)(across * across)).Select(k => (long)k)];
        random.Shuffle(order.AsSpan());
        var tiles = image.reshape(3, across, tile, across, tile).permute(1, 3, 0, 2, 4).reshape(across * across, 3, tile, tile);
        return tiles.index_select(0, tensor(order, device: image.device)).reshape(across, across, 3, tile, tile).permute(2, 0, 3, 1, 4).reshape(3, side, side);
    }

    private static Tensor Veiled(Tensor image, float strength)
    {
        using Scalar black = Black;
        var inside = image.sum(0, keepdim: true).gt(black).to(ScalarType.Float32);
        return image.Times(1 - strength).Plus(tensor(Veil, [3, 1, 1], device: image.device).Times(strength).mul(inside));
    }
}
