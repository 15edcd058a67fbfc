using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

public class OrderedPipelineTests
{
    [Fact]
    public void Run_ManyThreads_KeepsOrderAndBounds()
    {
        var (running, most, pulled, consumed, ahead) = (0, 0, 0, new List<int>(), 0);
        IEnumerable<int> Items()
        {
            for (var i = 0; i < 500; i++)
            {
                pulled++;
                ahead = Math.Max(ahead, pulled - consumed.Count);
                yield return i;
            }
        }

        OrderedPipeline.Run(Items(), 3, i =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.SpinWait(i * 7919 % 2000);
            Interlocked.Decrement(ref running);
            return i * 2;
        }, (item, result) => consumed.Add(result - item), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 500), consumed);
        Assert.InRange(most, 1, 3);
        Assert.InRange(ahead, 1, 13);
    }

    [Fact]
    public void Run_WorkFails_ThrowsThatFailureAfterAllWorkEnded()
    {
        var running = 0;
        Assert.Throws<InvalidTimeZoneException>(() => OrderedPipeline.Run(Enumerable.Range(0, 100), 4, i =>
        {
            Interlocked.Increment(ref running);
            Thread.Sleep(1);
            Interlocked.Decrement(ref running);
            return i == 20 ? throw new InvalidTimeZoneException() : i;
        }, (_, _) => { }, CancellationToken.None));
        Assert.Equal(0, running);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var consumed = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => OrderedPipeline.Run(Enumerable.Range(0, 100000), 2, i => i, (_, _) =>
        {
            if (++consumed == 10) cancellation.Cancel();
        }, cancellation.Token));
        Assert.InRange(consumed, 10, 20);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
        }
    }
}
