using Fovea.Core.Errors;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class PixelNeighboursTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void Across_MirroredShiftedCopies_AreFound(int side)
    {
        RgbImage[] training = [.. Enumerable.Range(0, 40).Select(k => Phantom(k, side))];
        RgbImage[] queries = [AlignedPixelDistance.Mirrored(training[7]), Shifted(training[31], side / 64), Phantom(99, side)];
        var table = PixelNeighbours.Across(queries, training, 2, TestContext.Current.CancellationToken);
        Assert.Equal([7, 31], [table.Index(0), table.Index(1)]);
        Assert.Equal(0, table.Distance(0));
        // Where images are reduced, the shift moves half of the resampling's rounding: a few grey levels.
        Assert.InRange(table.Distance(1), 0, side == 64 ? 0 : 4);
        Assert.True(table.Distance(2) > 8);
    }

    [Fact]
    public void Across_AgreesWithTheSlowSearch_WhereCandidatesHoldTheNearest()
    {
        RgbImage[] training = [.. Enumerable.Range(0, 3).Select(k => Phantom(k, 64))], queries = [.. Enumerable.Range(50, 4).Select(k => Phantom(k, 64))];
        var table = PixelNeighbours.Across(queries, training, 0, TestContext.Current.CancellationToken);
        // Three references are fewer than the candidates: the search is exact.
        Assert.Equal(queries.SelectMany(query => training.Select(image => AlignedPixelDistance.Between(query, image)).Order().Take(2)), table.Distances);
    }

    // Plain loops over all shifts and both sides; widths that are no multiple of a vector, and the largest differences that there are.
    [Theory]
    [InlineData(9)]
    [InlineData(43)]
    [InlineData(64)]
    public void Between_AnyImages_AgreesWithPlainLoops(int side)
    {
        var random = new Fovea.Core.Random.CounterRandom(5, (ulong)side);
        RgbImage Noise() => new(
            side, side, [.. Enumerable.Range(0, side * side * 3).Select(_ => (byte)(random.NextInt(4) == 0 ? 255 * random.NextInt(2) : random.NextInt(256)))]);
        var (one, other) = (Noise(), Noise());
        var shift = AlignedPixelDistance.LargestShift(side);
        var least = new[] { other, AlignedPixelDistance.Mirrored(other) }.Min(second =>
            Enumerable.Range(-shift, (2 * shift) + 1).Min(dy => Enumerable.Range(-shift, (2 * shift) + 1).Min(dx => MeanSquare(one, second, dx, dy))));
        Assert.Equal(Math.Sqrt(least), AlignedPixelDistance.Between(one, other));
    }

    private static double MeanSquare(RgbImage first, RgbImage second, int dx, int dy)
    {
        var (sum, count) = (0L, 0L);
        for (var y = 0; y < first.Height; y++)
        {
            for (var x = 0; x < first.Width; x++)
            {
                if (x + dx < 0 || x + dx >= first.Width || y + dy < 0 || y + dy >= first.Height) continue;
                for (var c = 0; c < 3; c++)
                {
                    var d = first.Pixels[(((y * first.Width) + x) * 3) + c] - second.Pixels[((((y + dy) * first.Width) + x + dx) * 3) + c];
                    (sum, count) = (sum + (d * d), count + 1);
                }
            }
        }

        return sum / (double)count;
    }

    [Fact]
    public void Across_UnlikeSizesOrStopped_Throws()
    {
        Assert.Throws<InputException>(() => PixelNeighbours.Across(
            [Phantom(0, 32)], [Phantom(1, 32), Phantom(2, 48)], cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<OperationCanceledException>(
            () => PixelNeighbours.Across([Phantom(0, 32)], [Phantom(1, 32)], cancellation: new CancellationToken(canceled: true)));
    }

    private static RgbImage Phantom(int index, int side) => new(side, side, PhantomRenderer.Render(PhantomParameters.Sample(3, index), side));

    private static RgbImage Shifted(RgbImage image, int by)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
                image.Pixels.AsSpan(((y * image.Width) + Math.Min(x + by, image.Width - 1)) * 3, 3).CopyTo(pixels.AsSpan(((y * image.Width) + x) * 3));
        }

        return new(image.Width, image.Height, pixels);
    }
}
