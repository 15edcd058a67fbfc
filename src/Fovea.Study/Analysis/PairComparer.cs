using Fovea.Metrics.Statistics;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>Compares two arms by one metric over the seeds that both have.</summary>
/// <param name="options">Settings of the bootstrap.</param>
internal sealed class PairComparer(BootstrapOptions options)
{
    // So few values drawn from themselves are too few forms: the bootstrap's ends are then one of the values.
    private const int FewSeeds = 6;
    private const double Rounding = 1e-9;

    /// <summary>The comparison; null with the reason where it cannot be made.</summary>
    public (PairedComparison? Comparison, string Reason) Compare(MetricKind metric, IReadOnlyList<(CellResult Arm, CellResult Against)> pairs)
    {
        (CellResult Arm, CellResult Against)[] measured = [.. pairs.Where(pair => metric.Read(pair.Arm) is not null && metric.Read(pair.Against) is not null)];
        if (measured.Length == 0)
            return (null, "not measured in both arms of any seed");
        if (measured.Any(pair => pair.Arm.DataHash != pair.Against.DataHash))
            return (null, "the cells were trained on different datasets");
        if (measured.Any(pair => metric.Measure(pair.Arm) != metric.Measure(pair.Against)))
            return (null, metric.Incomparable);
        if (measured.All(pair => metric.Sample(pair.Arm) == metric.Sample(pair.Against)))
            return (null, "both arms have the same autoencoders");
        // Seeds whose figures come from the same networks are one sample of them, and no more.
        var samples = measured.DistinctBy(pair => (metric.Sample(pair.Arm), metric.Sample(pair.Against)));
        return (Compare(metric, [.. samples]), "");
    }

    private PairedComparison Compare(MetricKind metric, (CellResult Arm, CellResult Against)[] pairs)
    {
        CellFigure[] arm = [.. pairs.Select(pair => metric.Read(pair.Arm)!)];
        CellFigure[] against = [.. pairs.Select(pair => metric.Read(pair.Against)!)];
        double[] first = [.. arm.Select(figure => figure.Value)];
        double[] second = [.. against.Select(figure => figure.Value)];
        var noise = ImageNoise(arm, against);
        var comparison = new PairedComparison
        {
            Metric = metric,
            Size = pairs[0].Arm.Size,
            Arm = pairs[0].Arm.Arm,
            Against = pairs[0].Against.Arm,
            Seeds = [.. pairs.Select(pair => pair.Arm.Seed)],
            ArmValues = first,
            AgainstValues = second,
            Difference = first.Zip(second, (a, b) => a - b).Average(),
            ImageNoise = noise,
        };
        return WithInterval(WithTests(comparison), [.. pairs.Select(pair => (metric.Bits(pair.Arm), metric.Bits(pair.Against)))]);
    }

    private static PairedComparison WithTests(PairedComparison comparison)
    {
        var (first, second) = (comparison.ArmValues, comparison.AgainstValues);
        if (first.Count < 2 || !first.Concat(second).All(double.IsFinite))
            return comparison;
        var tested = comparison with { SignedRank = SignedRankTest.Test(first, second) };
        double[] differences = [.. first.Zip(second, (a, b) => a - b)];
        return ScatterTells(differences)
            ? tested with { PValue = StudentInterval.Estimate(differences).PValue, EffectSize = EffectSize.Paired(first, second) }
            : tested;
    }

    // Equal differences other than 0 come from counts that happen to agree or from what the seeds share: their scatter of nothing tells nothing of other seeds.
    private static bool ScatterTells(double[] differences)
    {
        var largest = differences.Max(Math.Abs);
        return largest == 0 || differences.Max() - differences.Min() > Rounding * largest;
    }

    private PairedComparison WithInterval(PairedComparison comparison, (string? Arm, string? Against)[] bits)
    {
        if (bits.All(pair => pair is { Arm.Length: > 1, Against.Length: > 1 }))
            return Resampled(comparison, bits);
        var (values, difference) = (comparison.ArmValues.Zip(comparison.AgainstValues, (a, b) => a - b).ToArray(), comparison.Difference);
        if (values.Length > 1 && values.All(double.IsFinite))
            return ScatterTells(values) ? comparison with { Interval = StudentInterval.Estimate(values).Interval, Method = IntervalMethod.Seeds } : comparison;
        return values.Length == 1 && comparison.ImageNoise is { } noise
            ? comparison with { Interval = new(difference - noise, difference + noise), Method = IntervalMethod.Images }
            : comparison;
    }

    // Cells of unlike numbers of images are pairs as far as the shorter goes.
    private PairedComparison Resampled(PairedComparison comparison, (string? Arm, string? Against)[] bits)
    {
        var images = bits.Min(pair => Math.Min(pair.Arm!.Length, pair.Against!.Length));
        var table = bits.Select(pair => Enumerable.Range(0, images).Select(k => (double)(pair.Arm![k] - pair.Against![k])).ToArray()).ToArray();
        var result = TwoLevelBootstrap.Estimate(table, options);
        double[] seeds = [.. table.Select(row => row.Average())];
        return comparison with
        {
            Difference = result.Estimate,
            Interval = seeds.Length is > 1 and < FewSeeds && ScatterTells(seeds)
                ? Hull(result.Percentile, StudentInterval.Estimate(seeds).Interval)
                : result.Percentile,
            Method = bits.Length > 1 ? IntervalMethod.SeedsAndImages : IntervalMethod.Images,
        };
    }

    private static Interval Hull(Interval first, Interval second) => new(Math.Min(first.Low, second.Low), Math.Max(first.High, second.High));

    private static double? ImageNoise(CellFigure[] arm, CellFigure[] against)
    {
        double?[] squares = [.. arm.Zip(
            against,
            (a, b) => Half(a) is { } first && Half(b) is { } second ? (first * first) + (second * second) : (double?)null)];
        return squares.Any(square => square is null) ? null : Math.Sqrt(squares.Average()!.Value);
    }

    private static double? Half(CellFigure figure) => figure.High - figure.Low is { } width && double.IsFinite(width) ? width / 2 : null;
}
