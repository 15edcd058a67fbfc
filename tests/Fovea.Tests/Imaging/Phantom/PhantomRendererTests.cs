using System.Security.Cryptography;
using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

public class PhantomRendererTests
{
    private const ulong Seed = 11;

    [Fact]
    public void Render_SameParameters_SameBytesOnEachThread()
    {
        var parameters = PhantomParameters.Sample(Seed, 3);
        var expected = Convert.ToHexString(SHA256.HashData(PhantomRenderer.Render(parameters, 64)));
        var hashes = new string[8];

        Parallel.For(0, hashes.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            hashes[i] = Convert.ToHexString(SHA256.HashData(PhantomRenderer.Render(PhantomParameters.Sample(Seed, 3), 64))));

        Assert.All(hashes, hash => Assert.Equal(expected, hash));
    }

    [Fact]
    public void Render_OtherIndexOrSeed_OtherImage()
    {
        var image = PhantomRenderer.Render(PhantomParameters.Sample(Seed, 0), 64);

        Assert.NotEqual(image, PhantomRenderer.Render(PhantomParameters.Sample(Seed, 2), 64));
        Assert.NotEqual(image, PhantomRenderer.Render(PhantomParameters.Sample(Seed + 1, 0), 64));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void Render_TwiceTheSize_IsTheSameEye(int size)
    {
        foreach (var index in Enumerable.Range(0, 6))
        {
            var parameters = PhantomParameters.Sample(Seed, index);
            var small = PhantomRenderer.Render(parameters, size);
            var halved = Pixels.Halve(PhantomRenderer.Render(parameters, 2 * size), 2 * size);

            // Textures finer than the small pixel fade there and average out in the large image: a few grey levels of 255 stay.
            Assert.InRange(Pixels.MeanDifference(small, halved), 0, 2.5);
            Assert.InRange(Pixels.Correlation(small, halved), 0.985, 1);
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(97)]
    [InlineData(256)]
    public void Render_OutsideFieldOfView_IsBlack(int size)
    {
        var parameters = PhantomParameters.Sample(Seed, 4);
        var image = PhantomRenderer.Render(parameters, size);
        var radius = size * 0.5 * parameters.Camera.Fill + 1;

        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (double.Hypot(x + 0.5 - size * 0.5, y + 0.5 - size * 0.5) < radius) continue;
                Assert.Equal(0, image[(y * size + x) * 3] + image[(y * size + x) * 3 + 1] + image[(y * size + x) * 3 + 2]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(513)]
    public void Render_SizeOutOfRange_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PhantomRenderer.Render(PhantomParameters.Sample(Seed, 0), size));

    [Fact]
    public void Render_MaculaCentred_DiscIsOnTheNasalSide()
    {
        var seen = 0;
        for (var index = 0; index < 60; index++)
        {
            var parameters = Healthy.Sample(Seed, index);
            if (parameters.Camera.DiscCentred) continue;
            seen++;
            var brightest = Pixels.BrightestColumn(PhantomRenderer.Render(parameters, 64), 64);

            Assert.True(parameters.Eye == EyeSide.Right ? brightest > 36 : brightest < 28, $"image {index}: {parameters.Eye}, column {brightest}");
        }

        Assert.InRange(seen, 30, 60);
    }

    [Fact]
    public void Render_Fovea_IsDarkerThanItsSurroundings()
    {
        for (var index = 0; index < 20; index++)
        {
            var parameters = Healthy.Sample(Seed, index);
            parameters = parameters with { Tone = parameters.Tone with { FovealReflex = 0 } };
            var (image, grid) = (PhantomRenderer.Render(parameters, 256), new RetinaGrid(parameters.Camera, parameters.Eye, 256));
            if (grid.ToPixel(default) is not { X: > 40 and < 216 }) continue;
            var ring = Enumerable.Range(0, 24).Average(i => Pixels.Green(image, grid, 6 * new System.Numerics.Vector2(MathF.Cos(i), MathF.Sin(i))));

            Assert.True(Pixels.Green(image, grid, default) < ring, $"image {index}");
        }
    }

    [Fact]
    public void Render_GreatVessels_VeinsAreDarkerThanArteries()
    {
        var (arteries, veins) = (new List<double>(), new List<double>());
        for (var index = 0; index < 4; index++)
        {
            var parameters = Healthy.Sample(Seed, index);
            parameters = parameters with { Camera = parameters.Camera with { Noise = 0, Blur = 0.05f } };
            var (image, grid) = (PhantomRenderer.Render(parameters, 512), new RetinaGrid(parameters.Camera, parameters.Eye, 512));
            foreach (var vessel in VesselTree.Grow(parameters.Disc, parameters.Vessels).Vessels)
            {
                if (vessel.Radius < 0.13f || vessel.Parent < 2) continue;
                if (Contrast.Across(image, grid, parameters, vessel) is { } contrast) (vessel.Kind == VesselKind.Artery ? arteries : veins).Add(contrast);
            }
        }

        Assert.True(arteries.Count > 10 && veins.Count > 10);
        Assert.True(arteries.Average() > 0.1, $"arteries {arteries.Average():F3}");
        // Veins carry the darker blood and are wider: at least a quarter more contrast in red and green together.
        Assert.True(veins.Average() > 1.25 * arteries.Average(), $"veins {veins.Average():F3}, arteries {arteries.Average():F3}");
    }
}
