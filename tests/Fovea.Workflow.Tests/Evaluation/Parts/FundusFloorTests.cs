using Fovea.Core.Random;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Reports;
using Fovea.Metrics.Fundus;

namespace Fovea.Tests.Evaluation.Parts;

/// <summary>What a figure says of sets of any sizes: that equal sets differ is said seldom, and that unlike ones do often.</summary>
public sealed class FundusFloorTests
{
    private const int Repeats = 60;

    [Theory]
    [InlineData(100, 100, 0.6)]
    [InlineData(400, 50, 0.7)]
    [InlineData(600, 20, 1.2)]
    [InlineData(60, 400, 0.7)]
    public void Figure_AnySizes_TellsUnlikeSetsAndSeldomEqualOnes(int real, int generated, double shift)
    {
        var (alarms, found) = (0, 0);
        for (var k = 0UL; k < Repeats; k++)
        {
            var judge = new FundusJudge(20, k, 1);
            if (Differ(judge, Draw(k, 0, real, 0), Draw(k, 1, generated, 0))) alarms++;
            if (Differ(judge, Draw(k, 0, real, 0), Draw(k, 1, generated, shift))) found++;
        }

        // One in twenty by chance would be three of these; seven and more come in one of twenty such tests at most.
        Assert.InRange(alarms, 0, 6);
        Assert.InRange(found, Repeats * 8 / 10, Repeats);
    }

    private static bool Differ(FundusJudge judge, FundusStatistics[] real, FundusStatistics[] generated) =>
        FundusWords.IsAtFloor(judge.Figure("vessel share", real, generated)) == false;

    private static FundusStatistics[] Draw(ulong seed, ulong set, int count, double mean)
    {
        var random = new CounterRandom(seed, set);
        return [.. Enumerable.Range(0, count).Select(_ => new FundusStatistics([], 0, mean + random.NextNormal(), 0, []))];
    }
}
