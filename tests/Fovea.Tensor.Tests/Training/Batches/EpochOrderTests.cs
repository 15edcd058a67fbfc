using CsCheck;
using Fovea.Training.Batches;

namespace Fovea.Tests.Training.Batches;

public class EpochOrderTests
{
    private static readonly Gen<(int Seed, int Count, int Batch)> Sizes = Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 40], Gen.Int[1, 90]);

    [Fact]
    public void At_AnySizes_EachEpochIsAPermutation() => Sizes.Sample(s =>
    {
        var order = new EpochOrder(s.Seed, s.Count, s.Batch);
        const int Epochs = 3;
        var seen = new List<int>();
        for (var step = 0; seen.Count < Epochs * s.Count; step++)
        {
            var items = order.At(step);
            Assert.Equal(s.Batch, items.Length);
            seen.AddRange(items);
        }

        for (var epoch = 0; epoch < Epochs; epoch++) Assert.Equal(Enumerable.Range(0, s.Count), seen.Skip(epoch * s.Count).Take(s.Count).Order());
    }, iter: 200);

    [Fact]
    public void At_AnyCallHistory_IsTheSame() => Gen.Select(Sizes, Gen.Long[0, 500].Array[1, 20]).Sample((s, history) =>
    {
        var order = new EpochOrder(s.Seed, s.Count, s.Batch);
        foreach (var step in history) Assert.Equal(new EpochOrder(s.Seed, s.Count, s.Batch).At(step), order.At(step));
    }, iter: 200);

    [Fact]
    public void At_OtherEpochOrSeed_IsAnotherOrder()
    {
        var order = new EpochOrder(1, 50, 50);
        Assert.NotEqual(order.At(0), order.At(1));
        Assert.NotEqual(order.At(0), new EpochOrder(2, 50, 50).At(0));
    }

    // Every item must be able to come first: 50 items in 5,000 epochs come first 100 times each, ± 5 standard deviations of 10.
    [Fact]
    public void At_ManyEpochs_EveryItemComesFirstAboutAsOften()
    {
        var order = new EpochOrder(1, 50, 50);
        var first = new int[50];
        for (var step = 0; step < 5000; step++) first[order.At(step)[0]]++;
        Assert.All(first, count => Assert.InRange(count, 50, 150));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Constructor_NothingToOrder_Throws(int count, int batch) => Assert.Throws<ArgumentOutOfRangeException>(() => new EpochOrder(0, count, batch));
}
