using Fovea.Core;
using Fovea.Evaluation.Results;
using Fovea.Judges.Features;
using Fovea.Metrics;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Parts;

/// <summary>Fidelity and diversity of generated images in the features of one network.</summary>
/// <param name="replicates">Half-samples for intervals.</param>
/// <param name="seed">Seed of all subsets.</param>
/// <param name="threads">Threads; 0 for all cores.</param>
internal sealed class FeatureJudge(int replicates, ulong seed, int threads)
{
    private const int Pairs = 20_000;
    private const int Splits = 10;
    private const int Draws = 4;
    // A Fréchet distance takes the third power of the dimensions: with many of them fewer repetitions must do.
    private const int ManyDimensions = 1024;
    private const int FewReplicates = 10;

    public FeatureJudgement Judge(FeatureNetworkDescription network, FeatureMatrix real, FeatureMatrix generated)
    {
        var many = network.Dimensions > ManyDimensions;
        var (splits, draws) = many ? (2, 2) : (Splits, Draws);
        var floor = RealFloor.Measure(real, 0, splits, seed, threads);
        var values = Statistics(real, generated, threads);
        var errors = HalfSamples.StandardErrors(
            [real.Images, generated.Images], lists => Statistics(real.Select(lists[0]), generated.Select(lists[1]), 1),
            many ? Math.Min(replicates, FewReplicates) : replicates, seed, threads);
        return new FeatureJudgement
        {
            Network = network,
            Frechet = At(0, 0),
            FrechetLimit = FrechetExtrapolation.Fit(
                real, generated, FrechetExtrapolation.DefaultSizes(Math.Min(real.Images, generated.Images)), draws, seed, threads),
            FrechetFloor = floor,
            FrechetAtFloor = AtFloor(real, generated, floor.Images, splits),
            Kernel = At(1),
            KernelFloor = KernelFloor(real, floor.Images, splits),
            Precision = At(2, 0, 1),
            Recall = At(3, 0, 1),
            Density = At(4, 0),
            Coverage = At(5, 0, 1),
            ExpectedCoverage = DensityCoverage.ExpectedCoverage(real.Images, generated.Images, DensityCoverage.DefaultNeighbours),
            SupportFloor = Supports(real, generated, Math.Min(floor.Images, generated.Images), splits),
            GeneratedVariety = Diversity.FeatureDistance(generated, Pairs, seed),
            RealVariety = Diversity.FeatureDistance(real, Pairs, seed),
        };

        Figure At(int k, double least = double.NegativeInfinity, double most = double.PositiveInfinity) => new(
            values[k], HalfSamples.Around(values[k], errors[k], least, most));
    }

    private double[] Statistics(FeatureMatrix real, FeatureMatrix generated, int workers)
    {
        var support = PrecisionRecall.Measure(real, generated, PrecisionRecall.DefaultNeighbours, seed, workers);
        var density = DensityCoverage.Measure(real, generated, DensityCoverage.DefaultNeighbours, workers);
        return
        [
            FrechetDistance.Between(real, generated, workers), KernelDistance.Between(real, generated, workers), support.Precision, support.Recall,
            density.Density, density.Coverage,
        ];
    }

    private SupportFloor Supports(FeatureMatrix real, FeatureMatrix generated, int images, int splits)
    {
        var (halves, drawn) = (new (double Recall, double Coverage)[splits], new (double Recall, double Coverage)[splits]);
        Parallel.For(0, splits, Parallelism, split =>
        {
            var order = Subsample.Order(real.Images, seed, (ulong)split);
            var half = real.Select(order.AsSpan(0, images));
            halves[split] = Reached(half, real.Select(order.AsSpan(images, images)));
            drawn[split] = Reached(half, Subsample.Draw(generated, images, seed + 1, (ulong)split));
        });
        MeanOfSplits Mean((double Recall, double Coverage)[] values, Func<(double Recall, double Coverage), double> of) => MeanOfSplits.Measure(
            [.. values.Select(of)]);
        return new SupportFloor(
            images, Mean(halves, value => value.Recall), Mean(halves, value => value.Coverage),
            Mean(drawn, value => value.Recall), Mean(drawn, value => value.Coverage));
    }

    private (double Recall, double Coverage) Reached(FeatureMatrix real, FeatureMatrix other) =>
        (
            PrecisionRecall.Measure(real, other, PrecisionRecall.DefaultNeighbours, seed, 1).Recall,
            DensityCoverage.Measure(real, other, DensityCoverage.DefaultNeighbours, 1).Coverage);

    private double? AtFloor(FeatureMatrix real, FeatureMatrix generated, int images, int splits)
    {
        if (generated.Images < images) return null;
        var distances = new double[splits];
        Parallel.For(0, splits, Parallelism, split => distances[split] = FrechetDistance.Between(
            Subsample.Draw(real, images, seed, (ulong)split), Subsample.Draw(generated, images, seed + 1, (ulong)split), 1));
        return distances.Average();
    }

    private KernelDistanceResult KernelFloor(FeatureMatrix real, int images, int splits)
    {
        var values = new double[splits];
        Parallel.For(0, splits, Parallelism, split =>
        {
            var order = Subsample.Order(real.Images, seed, (ulong)split);
            values[split] = KernelDistance.Between(real.Select(order.AsSpan(0, images)), real.Select(order.AsSpan(images, images)), 1);
        });
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (splits - 1));
        return new KernelDistanceResult(mean, deviation, deviation / Math.Sqrt(splits), images, values);
    }

    private ParallelOptions Parallelism => Workers.Of(threads);
}
