using Fovea.Core.Random;

namespace Fovea.Tests.Core.Random;

/// <summary>The random function against the known answers of Random123 (<c>kat_vectors</c>, philox4x32 with 10 rounds), and the sequence made of it.</summary>
public sealed class PhiloxTests
{
    [Theory]
    [InlineData(0, 0, 0, 0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)]
    [InlineData(0x299F31D0A4093822, 0x0370734413198A2E, 0x85A308D3243F6A88, 0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)]
    public void Block_KnownCounter_GivesTheKnownWords(ulong seed, ulong stream, ulong counter, uint first, uint second, uint third, uint fourth) =>
        Assert.Equal((first, second, third, fourth), Philox.Block(seed, stream, counter));

    [Fact]
    public void NextBits_Sequence_IsTheBlocksInOrder()
    {
        var random = new CounterRandom(5, 7);
        uint[] drawn = [.. Enumerable.Range(0, 8).Select(_ => random.NextBits())];
        var (a, b) = (Philox.Block(5, 7, 0), Philox.Block(5, 7, 1));

        Assert.Equal([a.Item1, a.Item2, a.Item3, a.Item4, b.Item1, b.Item2, b.Item3, b.Item4], drawn);
    }

    [Fact]
    public void NextNormal_ManyNumbers_HaveMeanZeroAndUnitVariance()
    {
        var random = new CounterRandom(1, 2);
        var drawn = new float[20_000];
        random.FillNormal(drawn);
        var mean = drawn.Average(value => (double)value);

        Assert.Equal(0, mean, 0.03);
        Assert.Equal(1, drawn.Average(value => (value - mean) * (value - mean)), 0.05);
    }

    [Fact]
    public void NextInt_SmallCount_ReachesEachNumberAboutAsOften()
    {
        var random = new CounterRandom(3, 0);
        var drawn = Enumerable.Range(0, 6_000).CountBy(_ => random.NextInt(6)).ToDictionary();

        Assert.Equal([0, 1, 2, 3, 4, 5], drawn.Keys.Order());
        Assert.All(drawn.Values, count => Assert.InRange(count, 850, 1_150));
    }

    [Fact]
    public void Shuffle_Items_AreTheSameInAnotherOrder()
    {
        int[] items = [.. Enumerable.Range(0, 50)];
        new CounterRandom(4, 0).Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 50), items);
        Assert.Equal(Enumerable.Range(0, 50), items.Order());
    }
}
