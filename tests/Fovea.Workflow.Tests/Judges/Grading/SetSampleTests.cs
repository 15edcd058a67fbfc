using Fovea.Core.Random;
using Fovea.Judges.Images;

namespace Fovea.Tests.Judges.Grading;

public sealed class SetSampleTests
{
    private static readonly byte[][] Hashes = [.. Enumerable.Range(0, 100).Select(k => SetSample.HashOf([(byte)k]))];
    private static readonly string[] Classes = [.. Enumerable.Range(0, 100).Select(k => k < 60 ? "many" : k < 90 ? "some" : "few")];

    [Theory]
    [InlineData(10, 6, 3, 1)]
    [InlineData(50, 30, 15, 5)]
    [InlineData(97, 58, 29, 10)] // Sainte-Laguë: 97 seats by 60, 30 and 10 votes
    public void Choose_IsSpreadOverTheClasses(int most, int many, int some, int few)
    {
        var taken = SetSample.Choose(Hashes, Classes, most, 3);
        Assert.Equal(taken.Order().Distinct(), taken);
        Assert.Equal(
            (many, some, few), (taken.Count(k => Classes[k] == "many"), taken.Count(k => Classes[k] == "some"), taken.Count(k => Classes[k] == "few")));
        Assert.NotEqual(taken, SetSample.Choose(Hashes, Classes, most, 4));
    }

    [Fact]
    public void Choose_TakesTheSameContents_WhateverTheOrderAndTheNames()
    {
        var order = Enumerable.Range(0, 100).ToArray();
        new CounterRandom(1, 1).Shuffle<int>(order);
        byte[][] shuffled = [.. order.Select(k => Hashes[k])];
        string[] renamed = [.. order.Select(k => Classes[k] == "many" ? "zebra" : Classes[k] == "some" ? "ant" : "m")];
        var (one, other) = (SetSample.Choose(Hashes, Classes, 20, 7), SetSample.Choose(shuffled, renamed, 20, 7));
        Assert.Equal(one, other.Select(k => order[k]).Order());
        Assert.Equal(SetSample.Order(Hashes).Select(k => Hashes[k]), SetSample.Order(shuffled).Select(k => shuffled[k]));
    }

    [Fact]
    public void Choose_NoMoreThanThereAre_IsAllOfThem() => Assert.Equal(Enumerable.Range(0, 100), SetSample.Choose(Hashes, Classes, 100, 0));
}
