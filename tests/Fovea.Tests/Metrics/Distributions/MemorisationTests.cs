using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Imaging.Grids;
using Fovea.Metrics.Distances;
using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class MemorisationTests
{
    [Fact]
    public void Measure_IndependentImages_LieBelowAsOftenAsHeldOutOnes()
    {
        var report = Memorisation.Measure(
            TestFeatures.Normal(800, 6, 1), TestFeatures.Normal(500, 6, 2), TestFeatures.Normal(800, 6, 3),
            new CopyOptions(), TestContext.Current.CancellationToken);
        // 5 % of 800 is 40 ± 9 for both sides' scatter.
        Assert.InRange(report.BelowFifth.Share, 0.02, 0.085);
        Assert.InRange(report.BelowFirst.Share, 0, 0.03);
        Assert.True(report.BelowFifth.Interval.Contains(report.BelowFifth.Share));
        Assert.Equal(report.HeldOutDistances.Order(), report.HeldOutDistances);
    }

    // The expected share is that of the threshold's rank, for few held-out images as for many: 1 of 21, 3 of 51, 10 of 201 (an interpolated 5th
    // percentile has 9.3 %, 6.8 % and 5.4 % below it on average).
    [Theory]
    [InlineData(20, 1)]
    [InlineData(50, 3)]
    [InlineData(200, 10)]
    public void Compare_IndependentImages_LieBelowAsOftenAsExpected(int heldOut, int rank)
    {
        var (sum, covered) = (0.0, 0);
        for (var seed = 0UL; seed < 400; seed++)
        {
            var share = Uniform(seed, heldOut, 500).BelowFifth;
            Assert.Equal((rank, rank / (heldOut + 1.0), 500), (share.Rank, share.Expected, share.Total));
            sum += share.Share / 400;
            if (share.Interval.Contains(share.Expected)) covered++;
        }

        // The standard deviation of a share over held-out sets is at most that of a beta distribution, 0.045 at n = 20: 0.0023 of the mean of 400.
        Assert.Equal(rank / (heldOut + 1.0), sum, 0.007);
        Assert.InRange(covered, 372, 400); // at least 95 %: 380 ± 4.4
    }

    [Fact]
    public void Compare_OneDistanceEverywhere_IsWhatIsExpected()
    {
        var report = Memorisation.Compare(Table(new double[30]), Table(new double[40]), new CopyOptions());
        Assert.Equal((40, 1), (report.BelowFirst.Rank, report.BelowFirst.Share));
        Assert.True(report.BelowFirst.Interval.Contains(report.BelowFirst.Expected));
    }

    private static MemorisationReport Uniform(ulong seed, int heldOut, int generated)
    {
        var random = new CounterRandom(seed, 9);
        NeighbourTable Draw(int count) => Table([.. Enumerable.Range(0, count).Select(_ => random.NextDouble())]);
        return Memorisation.Compare(Draw(generated), Draw(heldOut), new CopyOptions { ClosestPairs = 1, Replicates = 0 });
    }

    private static NeighbourTable Table(double[] distances) => new(distances.Length, 1, new int[distances.Length], distances);

    [Fact]
    public void Measure_PlantedCopies_AreFoundFirst()
    {
        var training = TestFeatures.Normal(300, 6, 2);
        var generated = TestFeatures.Join(TestFeatures.Normal(97, 6, 1), training.Select([41, 7, 250]));
        var report = Memorisation.Measure(
            generated, training, TestFeatures.Normal(200, 6, 3), new CopyOptions { ClosestPairs = 5 }, TestContext.Current.CancellationToken);
        Assert.Equal([(97, 41), (98, 7), (99, 250)], report.Closest.Take(3).Select(pair => (pair.Generated, pair.Training)));
        Assert.All(report.Closest.Take(3), pair => Assert.Equal((0.0, 0.0), (pair.FeatureDistance, pair.Percentile)));
        Assert.Equal(5, report.Closest.Count);
        Assert.True(report.Closest[3].FeatureDistance > 0);
        Assert.InRange(report.BelowFirst.Count, 3, 8); // the copies, and about 1 of the other 97
    }

    [Fact]
    public void WithPixels_ShiftedMirroredCopy_IsNearInPixels()
    {
        var training = Enumerable.Range(0, 3).Select(k => Blobs((ulong)k)).ToArray();
        var copy = Shifted(AlignedPixelDistance.Mirrored(training[1]), 2, -1);
        Assert.Equal(0, AlignedPixelDistance.Between(training[1], copy)); // the pixels that both show are equal
        Assert.True(AlignedPixelDistance.Between(training[0], copy) > 20);
        Assert.Equal(AlignedPixelDistance.Between(training[0], training[2]), AlignedPixelDistance.Between(training[2], training[0]), 1e-12);
        var report = new MemorisationReport([1.0], [1], [2.0], null!, null!, [new ClosePair(0, 1, 1, 0)]);
        Assert.Equal(0, Memorisation.WithPixels(report, [copy], training).Closest[0].PixelDistance);
        Assert.Throws<InputException>(() => Memorisation.WithPixels(report, [], training));
        Assert.Throws<InputException>(() => Memorisation.WithPixels(report, [copy], [training[0]]));
    }

    [Fact]
    public void AlignedPixelDistance_LargerShifts_AreNoCopies()
    {
        Assert.Equal([1, 2, 4, 16], new[] { 32, 64, 128, 512 }.Select(AlignedPixelDistance.LargestShift));
        var image = Blobs(1);
        Assert.True(AlignedPixelDistance.Between(image, Shifted(image, 6, 0)) > 5);
    }

    [Fact]
    public void Measure_FewHeldOut_IsRefused()
    {
        var refusal = Assert.Throws<InputException>(() => Memorisation.Measure(
            TestFeatures.Normal(30, 2, 1), TestFeatures.Normal(30, 2, 2), TestFeatures.Normal(19, 2, 3),
            new CopyOptions(), TestContext.Current.CancellationToken));
        Assert.Equal("memorisation, held-out real images: 19 images; at least 20 are needed", refusal.Message);
    }

    /// <summary>A smooth random picture of 64 × 64.</summary>
    private static RgbImage Blobs(ulong seed)
    {
        var random = new CounterRandom(seed, 6);
        var waves = Enumerable.Range(0, 6).Select(_ => (X: random.NextDouble(-0.5, 0.5), Y: random.NextDouble(-0.5, 0.5), Phase: random.NextDouble(0, 6)))
            .ToArray();
        var pixels = new byte[64 * 64 * 3];
        for (var k = 0; k < pixels.Length; k++)
            pixels[k] = (byte)(128 + 20 * waves.Sum(wave => Math.Sin(wave.X * (k / 3 % 64) + wave.Y * (k / 3 / 64) + wave.Phase + k % 3)));
        return new RgbImage(64, 64, pixels);
    }

    private static RgbImage Shifted(RgbImage image, int dx, int dy)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var k = 0; k < pixels.Length; k++)
        {
            var (c, x, y) = (k % 3, Math.Clamp(k / 3 % 64 - dx, 0, 63), Math.Clamp(k / 3 / 64 - dy, 0, 63));
            pixels[k] = image.Pixels[(y * 64 + x) * 3 + c];
        }

        return new RgbImage(64, 64, pixels);
    }
}
