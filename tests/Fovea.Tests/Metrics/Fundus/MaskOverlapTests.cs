using CsCheck;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Metrics.Fundus;

namespace Fovea.Tests.Metrics.Fundus;

public sealed class MaskOverlapTests
{
    [Theory]
    [InlineData("110", "110", 1)]
    [InlineData("110", "011", 0.5)]
    [InlineData("100", "011", 0)]
    [InlineData("1111", "1000", 0.4)]
    [InlineData("000", "000", double.NaN)]
    public void Dice_ByHand(string first, string second, double expected) => Assert.Equal(expected, MaskOverlap.Dice(Pixels(first), Pixels(second)), 12);

    [Fact]
    public void Thinning_Bar_IsItsMiddleLine()
    {
        var line = Thinning.Thin(Pixels("0000000", "0111110", "0111110", "0111110", "0000000"), 7);
        // Of a bar three pixels wide the two outer rows go, and the ends of the middle one.
        Assert.DoesNotContain(true, line[..14]);
        Assert.DoesNotContain(true, line[21..]);
        Assert.InRange(line[14..21].Count(pixel => pixel), 2, 4);
        var thin = Pixels("00000", "01110", "00000");
        Assert.Equal(thin, Thinning.Thin(thin, 5));
    }

    // What Zhang and Suen's thinning is known to lose: spots of two by two, and diagonals of two pixels' width, as small vessels are.
    [Fact]
    public void Thinning_SpotAndDiagonals_KeepTheirLines()
    {
        var spot = Pixels("0000", "0110", "0110", "0000");
        Assert.Single(Thinning.Thin(spot, 4), pixel => pixel);
        Assert.Equal(1, MaskOverlap.CentreLineDice(spot, spot, 4), 12);
        foreach (var thick in new[] { 2, 3 })
        {
            bool[] diagonal = [.. Enumerable.Range(0, 8 * 11).Select(at => at % 11 - at / 11 >= 0 && at % 11 - at / 11 < thick)];
            var line = Thinning.Thin(diagonal, 11);
            Assert.All(Enumerable.Range(0, 8), row => Assert.InRange(line[(11 * row)..(11 * row + 11)].Count(pixel => pixel), 1, 2));
        }
    }

    // However the pixels lie, the lines are in as many pieces as the set is.
    [Fact]
    public void Thinning_AnyPixels_KeepsEachPiece() => Gen.Bool.Array[7 * 9].Sample(pixels =>
    {
        var line = Thinning.Thin(pixels, 9);
        return Pieces(line, 9) == Pieces(pixels, 9) && !line.Where((isOn, at) => isOn && !pixels[at]).Any();
    });

    private static int Pieces(bool[] pixels, int width)
    {
        var (left, pieces) = (pixels.Select((isOn, at) => (isOn, at)).Where(item => item.isOn).Select(item => item.at).ToHashSet(), 0);
        while (left.Count > 0)
        {
            pieces++;
            var open = new Stack<int>([left.First()]);
            while (open.TryPop(out var at))
            {
                if (!left.Remove(at)) continue;
                foreach (var other in left.Where(other => Math.Abs(other % width - at % width) <= 1 && Math.Abs(other / width - at / width) <= 1))
                    open.Push(other);
            }
        }

        return pieces;
    }

    [Fact]
    public void CentreLineDice_ByHand()
    {
        bool[] line = Pixels("00000", "11111", "00000"), thick = Pixels("11111", "11111", "11111"), half = Pixels("00000", "11000", "00000"),
            beside = Pixels("11111", "00000", "00000");
        // A line in a bar is all of the bar's centre, and the bar holds all of the line: thickness does not count as it does for Dice.
        Assert.Equal(1, MaskOverlap.CentreLineDice(line, thick, 5), 12);
        Assert.Equal(0.5, MaskOverlap.Dice(line, thick), 12);
        // All of the half line lies in the line, two fifths of the line in the half: 2 · 1 · 0.4 / 1.4.
        Assert.Equal(0.8 / 1.4, MaskOverlap.CentreLineDice(half, line, 5), 12);
        Assert.Equal(0, MaskOverlap.CentreLineDice(beside, line, 5));
        Assert.Equal(0, MaskOverlap.CentreLineDice(new bool[15], line, 5));
        Assert.Equal(double.NaN, MaskOverlap.CentreLineDice(new bool[15], new bool[15], 5));
    }

    [Fact]
    public void Compare_PhantomWithItsOwnMask_IsMoreAlikeThanWithAnother()
    {
        PhantomParameters[] clear = [.. Enumerable.Range(0, 40).Select(index => PhantomParameters.Sample(5, index))
            .Where(p => p.Fault == QualityFault.None && p.DrGrade == 0).Take(4)];
        const int size = 128;
        var images = clear.Select(p => VesselSearch.Prepare(new RgbImage(size, size, PhantomRenderer.Render(p, size)))).ToArray();
        var masks = clear.Select(p => PhantomRenderer.Masks(p, size)[..(size * size)]).ToArray();
        for (var k = 0; k < clear.Length; k++)
        {
            var (own, other) = (images[k].Compare(masks[k]), images[k].Compare(masks[(k + 2) % clear.Length]));
            Assert.True(own.Dice > 0.5 && own.Dice > other.Dice + 0.2, $"{k}: {own.Dice} {other.Dice}");
            Assert.True(own.CentreLineDice > 0.5 && own.CentreLineDice > other.CentreLineDice + 0.2, $"{k}: {own.CentreLineDice} {other.CentreLineDice}");
        }

        Assert.Equal(double.NaN, images[0].Compare(new byte[size * size]).Dice);
    }

    private static bool[] Pixels(params string[] rows) => [.. rows.SelectMany(row => row.Select(letter => letter == '1'))];
}
