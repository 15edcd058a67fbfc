using Fovea.Torch.Runtime;

namespace Fovea.Tests.Torch.Runtime;

public sealed class CollectionPauseTests
{
    [Fact]
    public void Run_OnSeveralThreads_NeitherFailsNorLosesWork()
    {
        var sums = new int[4];
        Parallel.For(0, sums.Length, thread =>
        {
            for (var k = 0; k < 200; k++) sums[thread] += CollectionPause.Run(() => CollectionPause.Run(() => 1));
        });
        Assert.Equal([200, 200, 200, 200], sums);
    }

    [Fact]
    public void Run_BeyondTheBudget_MayBeFollowedByAnother()
    {
        for (var round = 0; round < 5; round++)
            Assert.Equal(40, CollectionPause.Run(() => Enumerable.Range(0, 40).Count(_ => new byte[CollectionPause.Budget / 16].Length > 0)));
    }

    [Fact]
    public void Run_AfterAFailure_WorksAgain()
    {
        Assert.Throws<InvalidTimeZoneException>(() => CollectionPause.Run<int>(() => throw new InvalidTimeZoneException()));
        Assert.Equal(3, CollectionPause.Run(() => 3));
    }
}
