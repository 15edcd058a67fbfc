using Fovea.Core.Errors;
using Fovea.Metrics.Distances;
using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class ClosestRecordsTests
{
    private static readonly CopyOptions s_options = new() { Replicates = 400 };

    [Fact]
    public void Of_KnownDistances_AreTheQuantilesAndTheirRatio()
    {
        // Distances 2, 4, … 200 beside 1, 2, … 100, each with a second neighbour at 250.
        var records = ClosestRecords.Measure(Table(100, k => 2 * (k + 1), 250), Table(100, k => k + 1, 250), s_options);
        Assert.Equal((101, 50.5), (records.Distance.Median.Generated, records.Distance.Median.HeldOut));
        Assert.Equal(2, records.Distance.Median.Ratio!.Value, 12);
        Assert.Equal(2, records.Distance.Fifth.Ratio!.Value, 12);
        Assert.True(records.Distance.Median.Interval!.Value.Contains(2));
        Assert.Equal(101 / 250.0, records.NeighbourRatio!.Median.Generated, 12);
        Assert.Null(ClosestRecords.Measure(Table(30, k => k + 1, null), Table(30, k => k + 1, null), s_options).NeighbourRatio);
    }

    [Fact]
    public void Of_HeldOutImagesThatAreTrainingImages_HaveNoRatio()
    {
        var records = ClosestRecords.Measure(Table(30, k => k + 1, 50), Table(30, _ => 0, 0), s_options);
        Assert.Null(records.Distance.Median.Ratio);
        Assert.Null(records.Distance.Fifth.Interval);
        // Both neighbours at distance 0 are one image twice.
        Assert.Equal(1, records.NeighbourRatio!.Median.HeldOut);
    }

    [Fact]
    public void Measure_IndependentImages_HaveRatiosOfAboutOne()
    {
        var covered = Enumerable.Range(0, 40).Count(k =>
        {
            var records = Report(copied: 0, (ulong)(3 * k)).Records!;
            return records.Distance.Median.Interval!.Value.Contains(1) && records.NeighbourRatio!.Median.Interval!.Value.Contains(1);
        });
        Assert.InRange(covered, 32, 40); // both hold it in at least 36 of 40 on average
    }

    [Fact]
    public void Measure_PlantedCopies_LowerTheFifthPercentiles()
    {
        var records = Report(copied: 18, seed: 1).Records!;
        Assert.InRange(records.Distance.Fifth.Interval!.Value.High, 0, 0.5);
        Assert.InRange(records.NeighbourRatio!.Fifth.Interval!.Value.High, 0, 0.5);
        // Of 12 % the median sees nothing: it is the wrong place to look.
        Assert.InRange(records.Distance.Median.Ratio!.Value, 0.8, 1.1);
    }

    // 30 % of the generated images repeat a training image: who was trained on is told, and where nothing is copied in one of twenty only.
    [Fact]
    public void Membership_OfAGeneratorThatCopies_IsTold_AndOfOneThatDoesNotIsNot()
    {
        var area = Membership(copied: 90, seed: 1).Area;
        Assert.True(area.Interval.Low > 0.55, $"{area}");
        Assert.InRange(area.Value, 0.58, 0.75); // 0.5 + 0.3 / 2 where every copy is told
        var covered = Enumerable.Range(0, 200).Count(k => Membership(copied: 0, (ulong)(10 * (k + 1))).Area.Interval.Contains(0.5));
        Assert.InRange(covered, 180, 199); // 190 ± 3.1
    }

    [Fact]
    public void Membership_OfFewImages_IsRefused() =>
        Assert.Equal(
            "membership inference: 19 held-out images; at least 20 are needed",
            Assert.Throws<InputException>(() => MembershipInference.Compare(Table(30, k => k, null), Table(19, k => k, null))).Message);

    private static MembershipReport Membership(int copied, ulong seed)
    {
        var training = TestFeatures.Normal(300, 4, seed + 1);
        var fresh = TestFeatures.Normal(300 - copied, 4, seed + 2);
        var generated = copied == 0 ? fresh : TestFeatures.Join(fresh, training.Select([.. Enumerable.Range(0, copied)]));
        return MembershipInference.Compare(
            NeighbourSearch.Across(training, generated, 1), NeighbourSearch.Across(TestFeatures.Normal(100, 4, seed + 3), generated, 1));
    }

    private static MemorisationReport Report(int copied, ulong seed)
    {
        var training = TestFeatures.Normal(150, 4, seed + 1);
        var fresh = TestFeatures.Normal(150 - copied, 4, seed + 2);
        var generated = copied == 0 ? fresh : TestFeatures.Join(fresh, training.Select([.. Enumerable.Range(0, copied)]));
        return Memorisation.Measure(generated, training, TestFeatures.Normal(150, 4, seed + 3), s_options, TestContext.Current.CancellationToken);
    }

    private static NeighbourTable Table(int rows, Func<int, double> nearest, double? second) =>
        second is not { } beyond
            ? new(rows, 1, new int[rows], [.. Enumerable.Range(0, rows).Select(nearest)])
            : new(rows, 2, new int[2 * rows], [.. Enumerable.Range(0, rows).SelectMany(k => new[] { nearest(k), beyond })]);
}
