using Fovea.Core.Random;
using Fovea.Imaging.Grids;

namespace Fovea.Tests.Metrics.Faults;

/// <summary>Faults of a known strength, planted in images; strength 0 leaves them as they are.</summary>
internal static class PlantedFault
{
    /// <summary>Gaussian blur, standard deviation in pixels.</summary>
    public static RgbImage Blur(RgbImage image, double sigma)
    {
        if (sigma == 0) return image;
        var radius = (int)Math.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(-radius, 2 * radius + 1).Select(k => Math.Exp(-k * k / (2 * sigma * sigma))).ToArray();
        var sum = kernel.Sum();
        double[] Pass(double[] values, Func<int, int, int, int> at) => [.. Enumerable.Range(0, values.Length).Select(k =>
        {
            var total = 0.0;
            for (var d = -radius; d <= radius; d++) total += kernel[d + radius] / sum * values[at(k % 3, k / 3, d)];
            return total;
        })];
        var across = Pass(
            [.. image.Pixels.Select(pixel => (double)pixel)],
            (c, k, d) => (k / image.Width * image.Width + Math.Clamp(k % image.Width + d, 0, image.Width - 1)) * 3 + c);
        var both = Pass(across, (c, k, d) => (Math.Clamp(k / image.Width + d, 0, image.Height - 1) * image.Width + k % image.Width) * 3 + c);
        return new RgbImage(image.Width, image.Height, [.. both.Select(value => (byte)Math.Round(value))]);
    }

    /// <summary>Normal noise of a deviation in grey levels, a pattern for each seed; its strength scales the same pattern.</summary>
    public static RgbImage Noise(RgbImage image, double deviation, ulong seed)
    {
        var random = new CounterRandom(seed, 91);
        return new RgbImage(
            image.Width, image.Height, [.. image.Pixels.Select(pixel => (byte)Math.Clamp(Math.Round(pixel + deviation * random.NextNormal()), 0, 255))]);
    }

    /// <summary>Turns every hue (HSV) by a part of the circle.</summary>
    public static RgbImage TurnHue(RgbImage image, double turn)
    {
        if (turn == 0) return image;
        var pixels = new byte[image.Pixels.Length];
        for (var k = 0; k < pixels.Length; k += 3)
        {
            var (red, green, blue) = (image.Pixels[k], image.Pixels[k + 1], image.Pixels[k + 2]);
            var (high, low) = ((double)Math.Max(red, Math.Max(green, blue)), (double)Math.Min(red, Math.Min(green, blue)));
            var chroma = high - low;
            var hue = chroma == 0 ? 0 : red == high ? (green - blue) / chroma : green == high ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
            hue += 6 * turn;
            // A channel is high within one sixth of its primary, low beyond two.
            byte Channel(double primary)
            {
                var away = Math.Abs(hue - primary - 6 * Math.Round((hue - primary) / 6));
                return (byte)Math.Round(low + chroma * Math.Clamp(2 - away, 0, 1));
            }

            (pixels[k], pixels[k + 1], pixels[k + 2]) = (Channel(0), Channel(2), Channel(4));
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    /// <summary>Replaces a share of a set by repetitions of its first image: a generator that lost modes.</summary>
    public static RgbImage[] DropModes(RgbImage[] images, double share) =>
        [.. images.Select((image, k) => k < share * images.Length ? images[k % Math.Max(1, images.Length / 40)] : image)];

    /// <summary>Replaces a share of a set by training images, a grey level of noise added: a generator that copies.</summary>
    public static RgbImage[] Copy(RgbImage[] images, RgbImage[] training, double share) =>
        [.. images.Select((image, k) => k < share * images.Length ? Noise(training[3 * k % training.Length], 1, (ulong)k) : image)];
}
