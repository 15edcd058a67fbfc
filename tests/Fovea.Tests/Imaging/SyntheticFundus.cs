using Fovea.Core.Random;
using Fovea.Imaging.Grids;

namespace Fovea.Tests.Imaging;

/// <summary>Draws a disc with a bright spot and dark lines whose places depend on the seed.</summary>
internal sealed record SyntheticFundus
{
    public int Width { get; init; } = 320;

    public int Height { get; init; } = 240;

    public double CentreX { get; init; } = 160;

    public double CentreY { get; init; } = 120;

    public double Radius { get; init; } = 100;

    public byte Surround { get; init; }

    /// <summary>Rows above and below which the camera sees nothing.</summary>
    public double CutTop { get; init; } = double.MinValue;

    public double CutBottom { get; init; } = double.MaxValue;

    public double Brightness { get; init; } = 1;

    public ulong Seed { get; init; } = 1;

    public RgbImage Draw()
    {
        var random = new CounterRandom(Seed, 0);
        var spots = Enumerable.Range(0, 40).Select(_ => (X: random.NextDouble(-0.8, 0.8), Y: random.NextDouble(-0.8, 0.8), Depth: random.NextDouble(-70, 60)))
            .ToArray();
        var pixels = new byte[Width * Height * 3];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (u, v) = ((x + 0.5 - CentreX) / Radius, (y + 0.5 - CentreY) / Radius);
                var distance = Math.Sqrt(u * u + v * v);
                var inside = Math.Clamp((1 - distance) * Radius + 0.5, 0, 1);
                if (y + 0.5 < CutTop || y + 0.5 > CutBottom) inside = 0;
                var light = (1 - 0.35 * distance * distance) * Brightness;
                var detail = 0.0;
                foreach (var (spotX, spotY, depth) in inside > 0 ? spots : [])
                {
                    var square = (u - spotX) * (u - spotX) + (v - spotY) * (v - spotY);
                    if (square < 0.04) detail += depth * Math.Exp(-square / 0.006);
                }

                Span<double> colour = [(200 + detail) * light, (110 + detail) * light, (50 + 0.3 * detail) * light];
                for (var c = 0; c < 3; c++)
                    pixels[(y * Width + x) * 3 + c] = (byte)Math.Clamp(inside * colour[c] + (1 - inside) * Surround, 0, 255);
            }
        }

        return new RgbImage(Width, Height, pixels);
    }
}
