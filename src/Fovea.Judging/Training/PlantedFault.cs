using Fovea.Core.Random;
using static TorchSharp.torch;

namespace Fovea.Judging.Training;

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
        1 => image.mul((float)random.NextDouble(0.1, 0.35)),
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
        var grain = tensor(noise, [3, side / square, side / square]).repeat_interleave(square, 1).repeat_interleave(square, 2);
        return (image + grain.mul((float)random.NextDouble(0.15, 0.4))).clamp(0, 1);
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
        return tiles.index_select(0, tensor(order)).reshape(across, across, 3, tile, tile).permute(2, 0, 3, 1, 4).reshape(3, side, side);
    }

    private static Tensor Veiled(Tensor image, float strength)
    {
        var inside = image.sum(0, keepdim: true).gt(Black).to(ScalarType.Float32);
        return image.mul(1 - strength) + tensor(Veil, [3, 1, 1]).mul(strength).mul(inside);
    }
}
