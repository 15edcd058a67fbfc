using System.Numerics;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Metrics.Fundus;
using Fovea.Tests.Imaging.Phantom;
using Fovea.Tests.Metrics.Faults;

namespace Fovea.Tests.Metrics.Fundus;

public sealed class FundusStatisticsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(64, 0.94)]
    [InlineData(128, 0.94)]
    [InlineData(256, 0.94)]
    [InlineData(512, 0.94)]
    public void Vesselness_AnswersWhereThePhantomHasVessels(int size, double least)
    {
        // Area under the curve over 4 eyes; pixels of which a vessel fills a little are left out. 0.97 was measured at every size.
        var areas = Enumerable.Range(0, 4).Select(index => Area(Healthy.Sample(5, index), size)).ToArray();
        output.WriteLine($"{size} pixels: area under the curve {areas.Average():F3} ({string.Join(", ", areas.Select(area => area.ToString("F3")))})");
        Assert.True(areas.Average() > least, $"{string.Join(", ", areas)}");
    }

    [Fact]
    public void Vesselness_FallsUnderBlur_StepByStep()
    {
        foreach (var image in Images(4, 128))
        {
            var values = new[] { 0, 0.7, 1.4, 2.8 }.Select(sigma => FundusStatistics.Measure(PlantedFault.Blur(image, sigma))).ToArray();
            Assert.True(Falls(values.Select(value => value.MeanVesselness)), string.Join(", ", values.Select(value => value.MeanVesselness)));
            Assert.True(values[3].VesselShare < 0.5 * values[0].VesselShare, $"{values[0].VesselShare} → {values[3].VesselShare}");
        }
    }

    [Fact]
    public void Vesselness_LineAmongBlobAndFlat_AnswersToTheLine()
    {
        var pixels = new byte[64 * 64 * 3];
        Array.Fill(pixels, (byte)150);
        for (var k = 0; k < 64; k++)
            for (var d = -1; d <= 1; d++) pixels[(k * 64 + 20 + d) * 3 + 1] = 90; // a dark line down column 20
        for (var k = 0; k < 49; k++)
            if (Math.Pow(k % 7 - 3, 2) + Math.Pow(k / 7 - 3, 2) <= 4) pixels[((30 + k / 7) * 64 + 42 + k % 7) * 3 + 1] = 90; // a dark dot
        var image = new RgbImage(64, 64, pixels);
        var answer = Vesselness.Measure(image, RetinaMask.Find(image));
        Assert.True(answer[32 * 64 + 20] > 0.9);
        Assert.True(answer[33 * 64 + 45] < 0.3, $"the dot {answer[33 * 64 + 45]}");
        Assert.Equal(0, answer[10 * 64 + 50], 1e-6);
        Assert.Equal(0, answer[0]); // outside the mask
    }

    // A picture of one colour has what it has, and no value where it has none: no exception, no infinity.
    [Theory]
    [InlineData(0, 0, 0, false, false)]
    [InlineData(255, 255, 255, false, true)]
    [InlineData(128, 128, 128, false, true)]
    [InlineData(200, 80, 40, true, true)]
    public void Of_OneColour_HasNoValueWhereThereIsNone(byte red, byte green, byte blue, bool hasHue, bool hasContrast)
    {
        foreach (var side in new[] { 8, 64 })
        {
            var statistics = FundusStatistics.Measure(
                new RgbImage(side, side, [.. Enumerable.Range(0, side * side).SelectMany(_ => new[] { red, green, blue })]));
            Assert.Equal(hasHue ? 1 : 0, statistics.Hues.Sum(), 1e-12);
            Assert.Equal(0, statistics.MeanVesselness, 1e-9);
            if (hasContrast) Assert.Equal(0, statistics.DiscContrast, 1e-9);
            else Assert.Equal(double.NaN, statistics.DiscContrast);
            Assert.DoesNotContain(statistics.RadialBrightness, double.IsInfinity);
        }
    }

    [Fact]
    public void Vesselness_OwnFieldEdge_IsNoVessel()
    {
        // A flat disc on black: no answer anywhere.
        var pixels = new byte[128 * 128 * 3];
        for (var k = 0; k < 128 * 128; k++)
            if (double.Hypot(k % 128 - 63.5, k / 128 - 63.5) < 62) (pixels[3 * k], pixels[3 * k + 1], pixels[3 * k + 2]) = (180, 90, 40);
        var statistics = FundusStatistics.Measure(new RgbImage(128, 128, pixels));
        Assert.Equal(0, statistics.MeanVesselness, 1e-9);
        Assert.Equal(0, statistics.DiscContrast, 1e-9);
        Assert.All(statistics.RadialBrightness, value => Assert.Equal(310 / 765.0, value, 1e-9));
    }

    [Fact]
    public void Hues_MoveWithTheColours()
    {
        foreach (var image in Images(4, 64))
        {
            var before = FundusStatistics.Measure(image).Hues.ToArray();
            Assert.Equal(1, before.Sum(), 1e-12);
            var shifts = new[] { 0, 0.02, 0.04, 0.08 }.Select(
                turn => HistogramDistance.Circular(before, [.. FundusStatistics.Measure(PlantedFault.TurnHue(image, turn)).Hues]))
                .ToArray();
            Assert.Equal(0, shifts[0], 1e-12);
            for (var k = 1; k < 4; k++) Assert.Equal(0.02 * Math.Pow(2, k - 1), shifts[k], 0.008); // a bin is 0.014 wide
        }
    }

    [Fact]
    public void Hues_OfPureColours_AreInTheirBins()
    {
        int Bin(byte red, byte green, byte blue)
        {
            var image = new RgbImage(32, 32, [.. Enumerable.Repeat(new[] { red, green, blue }, 32 * 32).SelectMany(pixel => pixel)]);
            return Array.IndexOf(HueHistogram.Measure(image, RetinaMask.Find(image)), 1.0);
        }

        Assert.Equal(
            [0, 12, 24, 36, 48, 60, -1],
            [Bin(200, 0, 0), Bin(200, 200, 0), Bin(0, 200, 0), Bin(0, 200, 200), Bin(0, 0, 200), Bin(200, 0, 200), Bin(90, 90, 90)]);
    }

    [Fact]
    public void DiscContrast_FallsWhenTheDiscIsPaintedOver()
    {
        var contrasts = Enumerable.Range(0, 6).Select(index =>
        {
            var parameters = Healthy.Sample(3, index);
            parameters = parameters with { Tone = parameters.Tone with { NerveFibreSheen = 0 }, Camera = parameters.Camera with { Vignetting = 0.1f } };
            var without = parameters with { Disc = parameters.Disc with { VerticalRadius = 0.05f, HorizontalRadius = 0.05f } };
            return (With: Contrast(parameters), Without: Contrast(without));
        }).ToArray();
        Assert.All(contrasts, pair => Assert.True(pair.With > pair.Without + 0.1, $"{pair}"));

        static double Contrast(PhantomParameters parameters) => FundusStatistics.Measure(new RgbImage(128, 128, PhantomRenderer.Render(parameters, 128)))
            .DiscContrast;
    }

    [Fact]
    public void RadialBrightness_FallsWithVignetting()
    {
        var parameters = Healthy.Sample(3, 2);
        var falls = new[] { 0f, 0.3f, 0.6f }.Select(vignetting =>
        {
            var lit = parameters with { Camera = parameters.Camera with { Vignetting = vignetting } };
            var profile = FundusStatistics.Measure(new RgbImage(128, 128, PhantomRenderer.Render(lit, 128))).RadialBrightness;
            return profile[^1] / profile[2];
        });
        Assert.True(Falls(falls));
    }

    private static bool Falls(IEnumerable<double> values)
    {
        var list = values.ToArray();
        return Enumerable.Range(1, list.Length - 1).All(k => list[k] < list[k - 1]);
    }

    private static RgbImage[] Images(int count, int size) =>
        [.. Enumerable.Range(0, count).Select(index => new RgbImage(size, size, PhantomRenderer.Render(Healthy.Sample(8, index), size)))];

    private static double Area(PhantomParameters parameters, int size)
    {
        var image = new RgbImage(size, size, PhantomRenderer.Render(parameters, size));
        var mask = RetinaMask.Find(image);
        var (answer, depth) = (Vesselness.Measure(image, mask), VesselDepth(parameters, size));
        var disc = new RetinaGrid(parameters.Camera, parameters.Eye, size).ToPixel(parameters.Disc.Centre);
        var reach = 1.3f * parameters.Disc.VerticalRadius * size * parameters.Camera.Fill / parameters.Camera.FieldOfView;
        // On the disc vessels cross its own bright rim: the mask of vessels is no fair judge there.
        var judged = Enumerable.Range(0, answer.Length)
            .Where(k => mask.Inside[k] && Vector2.Distance(new Vector2(k % size + 0.5f, k / size + 0.5f), disc) > reach).ToArray();
        return RankArea([.. judged.Where(k => depth[k] > 0.3f).Select(k => answer[k])], [.. judged.Where(k => depth[k] == 0).Select(k => answer[k])]);
    }

    private static float[] VesselDepth(PhantomParameters parameters, int size)
    {
        var plane = new float[size * size];
        var raster = new VesselRaster(new RetinaGrid(parameters.Camera, parameters.Eye, size), parameters.Camera.Blur);
        foreach (var vessel in VesselTree.Grow(parameters.Disc, parameters.Vessels).Vessels) raster.Draw(plane, vessel.Points, vessel.Radii, 1);
        return plane;
    }

    private static double RankArea(double[] positive, double[] negative) => Fovea.Metrics.Statistics.RocArea.Of(negative, positive);
}
