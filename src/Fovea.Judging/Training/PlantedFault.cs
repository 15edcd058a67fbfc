using Fovea.Core.Random;
using static TorchSharp.torch;

namespace Fovea.Judging.Training;

/// <summary>Faults that make a picture unreadable: out of focus, too dark, behind a veil.</summary>
internal static class PlantedFault
{
    // Outside the retina a picture is black, and a veil leaves it so.
    private const float Black = 0.06f;
    private static readonly float[] Veil = [0.75f, 0.6f, 0.45f];

    /// <summary>One picture with one fault.</summary>
    /// <param name="image">[3, side, side] in [0, 1].</param>
    /// <param name="random">Chooses which and how strong.</param>
    public static Tensor Apply(Tensor image, CounterRandom random) => random.NextInt(3) switch
    {
        0 => Blurred(image, random.NextInt(4) + 4),
        1 => image.mul((float)random.NextDouble(0.1, 0.35)),
        _ => Veiled(image, (float)random.NextDouble(0.5, 0.85)),
    };

    private static Tensor Blurred(Tensor image, int factor)
    {
        var side = image.shape[1];
        var small = nn.functional.adaptive_avg_pool2d(image.unsqueeze(0), [Math.Max(4, side / factor), Math.Max(4, side / factor)]);
        return nn.functional.interpolate(small, [side, side], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(0);
    }

    private static Tensor Veiled(Tensor image, float strength)
    {
        var inside = image.sum(0, keepdim: true).gt(Black).to(ScalarType.Float32);
        return image.mul(1 - strength) + tensor(Veil, [3, 1, 1]).mul(strength).mul(inside);
    }
}
