using CsCheck;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Tests.Imaging.Retina;

public class RetinaCropperTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void Crop_AnySurround_IsBlackOutsideAndBrightInside(byte surround)
    {
        var image = new SyntheticFundus { Surround = surround, CutTop = 40, CutBottom = 200 }.Draw();
        var crop = RetinaCropper.Crop(image, DiscFinder.Find(image), 64);
        // The cuts are at (40 - 20) / 200 and (200 - 20) / 200 of the square.
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                var outside = Math.Sqrt(Math.Pow(x - 31.5, 2) + Math.Pow(y - 31.5, 2)) > 33 || y < 5 || y > 58;
                var inside = Math.Sqrt(Math.Pow(x - 31.5, 2) + Math.Pow(y - 31.5, 2)) < 30 && y is > 8 and < 55;
                if (outside) Assert.True(crop[(y * 64 + x) * 3] <= 8, $"({x}, {y}) is {crop[(y * 64 + x) * 3]}");
                if (inside) Assert.True(crop[(y * 64 + x) * 3] > 60, $"({x}, {y}) is {crop[(y * 64 + x) * 3]}");
            }
        }
    }

    [Fact]
    public void Crop_InnerCrop_KeepsTheCorners()
    {
        var image = new SyntheticFundus { Width = 200, Height = 200, CentreX = 100, CentreY = 100, Radius = 300 }.Draw();
        var crop = RetinaCropper.Crop(image, DiscFinder.Find(image), 64);
        Assert.True(crop[0] > 100 && crop[^3] > 100);
    }

    [Fact]
    public void Resize_AnyWindow_EqualsTheDirectSum() =>
        Gen.Select(Gen.Int[3, 24], Gen.Int[3, 24], Gen.Double[-6, 10], Gen.Double[-6, 10], Gen.Double[1, 40], Gen.Int[1, 12], Gen.Int).Sample(
            (width, height, left, top, side, size, seed) =>
            {
                var pixels = new byte[width * height * 3];
                new System.Random(seed).NextBytes(pixels);
                var image = new RgbImage(width, height, pixels);
                var fast = AreaResampler.Resize(image, left, top, side, size);
                // One step: the sums are rounded to float in another order.
                return fast.Zip(DirectResize(image, left, top, side, size), (a, b) => Math.Abs(a - b)).All(d => d <= 1);
            },
            iter: 300);

    [Fact]
    public void Resize_WholePictureAtItsSize_IsTheIdentity()
    {
        var image = new SyntheticFundus { Width = 100, Height = 100 }.Draw();
        Assert.Equal(image.Pixels, AreaResampler.Resize(image, 0, 0, 100, 100));
    }

    [Fact]
    public void Resize_ConstantPicture_StaysConstant()
    {
        var pixels = new byte[50 * 50 * 3];
        pixels.AsSpan().Fill(137);
        Assert.All(AreaResampler.Resize(new RgbImage(50, 50, pixels), 0, 0, 50, 7), value => Assert.Equal(137, value));
    }

    private static byte[] DirectResize(RgbImage image, double left, double top, double side, int size)
    {
        var output = new byte[size * size * 3];
        var scale = side / size;
        var stretch = Math.Max(1, scale);
        Span<double> sums = stackalloc double[3];
        for (var i = 0; i < size * size; i++)
        {
            var (x, y) = (left + (i % size + 0.5) * scale, top + (i / size + 0.5) * scale);
            if (x < 0 || y < 0 || x >= image.Width || y >= image.Height) continue;
            sums.Clear();
            var total = 0.0;
            for (var v = 0; v < image.Height; v++)
            {
                for (var u = 0; u < image.Width; u++)
                {
                    var weight = Keys((u + 0.5 - x) / stretch) * Keys((v + 0.5 - y) / stretch);
                    total += weight;
                    for (var c = 0; c < 3; c++) sums[c] += weight * image.Pixels[(v * image.Width + u) * 3 + c];
                }
            }

            for (var c = 0; c < 3; c++) output[i * 3 + c] = (byte)Math.Clamp(sums[c] / total + 0.5, 0, 255);
        }

        return output;
    }

    private static double Keys(double x)
    {
        x = Math.Abs(x);
        if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
        return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
    }
}
