using Fovea.Metrics.Statistics;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>A study's results read by its protocol: the planned comparisons as one family, and how the plan was kept.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Answers">The questions by the primary figure, at every training size.</param>
/// <param name="Kept">How many finished cells were finished under this protocol.</param>
/// <param name="Changed">How many were finished under another one.</param>
/// <param name="Before">How many were finished when there was none.</param>
public sealed record ProtocolReading(StudyProtocol Protocol, IReadOnlyList<PlannedAnswer> Answers, int Kept, int Changed, int Before)
{
    /// <summary>Reads results.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="comparisons">The answers to the questions.</param>
    /// <param name="cells">The finished cells.</param>
    public static ProtocolReading Read(StudyProtocol protocol, IReadOnlyList<StudyComparison> comparisons, IReadOnlyList<CellResult> cells)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(comparisons);
        ArgumentNullException.ThrowIfNull(cells);
        var planned = comparisons.SelectMany(question => question.Comparisons.Where(
            row => StudyProtocol.IsOf(protocol.Primary, row.Metric.Key, row.Metric.Network))
            .Select(row => (question.Question, Row: row))).ToArray();
        double[] tested = [.. planned.Where(entry => entry.Row.PValue is not null).Select(entry => entry.Row.PValue!.Value)];
        var adjusted = new Queue<double>(tested.Length == 0 ? [] : HolmAdjustment.Adjust(tested));
        return new(
            protocol,
            [.. planned.Select(entry => new PlannedAnswer(
                entry.Question, entry.Row, entry.Row.PValue is null ? null : adjusted.Dequeue(), protocol.SmallestDifference))],
            cells.Count(cell => cell.Protocol == protocol.Hash),
            cells.Count(cell => cell.Protocol is { } hash && hash != protocol.Hash),
            cells.Count(cell => cell.Protocol is null));
    }
}

/// <summary>A question answered by the primary figure.</summary>
/// <param name="Question">The question.</param>
/// <param name="Comparison">Its comparison.</param>
/// <param name="HolmPValue">Student's p-value adjusted for all planned answers; null without one.</param>
/// <param name="SmallestDifference">The smallest difference that would matter.</param>
public sealed record PlannedAnswer(StudyQuestion Question, PairedComparison Comparison, double? HolmPValue, double SmallestDifference)
{
    internal const double Level = 0.05;

    /// <summary>What follows.</summary>
    public PlannedVerdict Verdict => Comparison.Interval switch
    {
        not { } => PlannedVerdict.Unknown,
        { } interval when interval.Low > -SmallestDifference && interval.High < SmallestDifference =>
            IsFound ? PlannedVerdict.TooSmallToMatter : PlannedVerdict.NoDifferenceThatMatters,
        _ when IsFound => Comparison.Verdict is Analysis.Verdict.Better or Analysis.Verdict.Higher ? PlannedVerdict.Better : PlannedVerdict.Worse,
        _ => PlannedVerdict.Undecided,
    };

    /// <summary>
    /// Pairs of seeds that a test would need to find <see cref="SmallestDifference"/> with a power of 0.8, by the scatter of the differences that there are;
    /// null below two.
    /// </summary>
    public int? SeedsNeeded
    {
        get
        {
            double[] differences = [.. Comparison.ArmValues.Zip(Comparison.AgainstValues, (arm, against) => arm - against)];
            if (differences.Length < 2 || !differences.All(double.IsFinite)) return null;
            var mean = differences.Average();
            return PairedPower.PairsNeeded(Spread.Deviation(differences, mean), SmallestDifference);
        }
    }

    private bool IsFound => Comparison.Verdict is not (Analysis.Verdict.NoMeasurableDifference or Analysis.Verdict.Unknown) && HolmPValue < Level;
}

/// <summary>What a planned answer says of the arm asked about.</summary>
public enum PlannedVerdict
{
    /// <summary>There is no interval.</summary>
    Unknown,

    /// <summary>The interval excludes 0 on the better side, and the test holds among all planned ones.</summary>
    Better,

    /// <summary>The same on the worse side.</summary>
    Worse,

    /// <summary>There is a difference, and the interval holds none that would matter.</summary>
    TooSmallToMatter,

    /// <summary>The interval holds 0 and no difference that would matter: two one-sided tests at 2.5 %.</summary>
    NoDifferenceThatMatters,

    /// <summary>The interval holds differences that would matter, and 0 or the test does not exclude chance.</summary>
    Undecided,
}
