using Fovea.Metrics.Statistics;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Reports;

/// <summary>A study's report for programs.</summary>
internal sealed record StudyDocument(
    StudyDefinition Study, string Progress, IReadOnlyList<StudyDocument.Arm> Arms, IReadOnlyList<StudyDocument.Question> Questions,
    IReadOnlyList<StudyDocument.Level> Noise,
    IReadOnlyList<StudyDocument.Missing> NotFinished,
    IReadOnlyList<string> Unplanned,
    TuningResult? Tuning,
    StudyDocument.Plan? Protocol,
    IReadOnlyList<CellResult> Cells)
{
    public static StudyDocument Of(StudyAnalysis analysis) => new(
        analysis.Definition, StudyFindings.Progress(analysis),
        [.. analysis.Arms.Select(arm => new Arm(
            arm.Arm.Name, arm.Size.Name, arm.Planned, [.. arm.Cells.Select(cell => cell.Seed)], arm.Missing,
            arm.Generated, arm.Real, arm.Reconstructed))],
        [.. analysis.Comparisons.Select(Question.Of)],
        [.. analysis.Noise.Select(level => new Level(
            level.Arm, level.Size, level.Profile, level.Scale, level.Seeds, level.Gradable, level.Change,
            level.AgainstIdeal is { } difference ? ComparisonDocument.Of(difference) : null))],
        [.. analysis.States.Where(state => state.Result is null).Select(state => new Missing(state.Name, state.Reason))],
        analysis.Unplanned, analysis.Tuning, analysis.Protocol is { } reading ? Plan.Of(reading) : null, [.. analysis.Cells]);

    internal sealed record Arm(
        string Name,
        string Size,
        int Planned,
        IReadOnlyList<int> Seeds,
        IReadOnlyList<string> Missing,
        CellFigure? Gradable,
        CellFigure? Real,
        CellFigure? Reconstructed);

    internal sealed record Question(
        string Title,
        string Arm,
        string Against,
        int Family,
        IReadOnlyList<string> Findings,
        IReadOnlyList<ComparisonDocument> Comparisons,
        IReadOnlyList<LeftOut> LeftOut)
    {
        public static Question Of(StudyComparison question) => new(
            question.Question.Title, question.Question.Arm, question.Question.Against, question.Family,
            [.. StudyFindings.Sentences(question), .. SeedWords.Sentences(question)],
            [.. question.Comparisons.Select(ComparisonDocument.Of)], question.LeftOut);
    }

    internal sealed record Level(
        string Arm, string Size, string Profile, double Scale, int Seeds, CellFigure? Gradable, CellFigure? Change, ComparisonDocument? AgainstIdeal);

    internal sealed record Plan(int CellsUnderIt, int CellsUnderAnother, int CellsBefore, IReadOnlyList<Answer> Answers)
    {
        public static Plan Of(ProtocolReading reading) => new(
            reading.Kept, reading.Changed, reading.Before,
            [.. reading.Answers.Select(answer => new Answer(
                answer.Question.Title,
                answer.Comparison.Size,
                answer.Verdict,
                answer.HolmPValue,
                answer.SeedsNeeded,
                ProtocolWords.Sentence(answer)))]);
    }

    internal sealed record Answer(string Question, string Size, PlannedVerdict Verdict, double? PHolm, int? SeedsNeeded, string Sentence);

    internal sealed record Missing(string Cell, string Reason);
}

/// <summary>A comparison for programs.</summary>
internal sealed record ComparisonDocument(
    string Metric, string Network, string Name, MetricDirection Direction, string Size, IReadOnlyList<int> Seeds, IReadOnlyList<double> ArmValues,
    IReadOnlyList<double> AgainstValues, double Difference, double? Low, double? High, IntervalMethod Interval, double? ImageNoise, double? PStudent,
    double? PHolm, double? PWilcoxon, double? PWilcoxonSmallest, double? EffectDz, double? RankBiserial, Verdict Verdict)
{
    public static ComparisonDocument Of(PairedComparison comparison) => new(
        comparison.Metric.Key, comparison.Metric.Network, comparison.Metric.Name, comparison.Metric.Direction,
        comparison.Size, comparison.Seeds, comparison.ArmValues,
        comparison.AgainstValues, comparison.Difference, comparison.Interval?.Low, comparison.Interval?.High,
        comparison.Method, comparison.ImageNoise, comparison.PValue,
        comparison.HolmPValue, comparison.SignedRank?.PValue,
        comparison.SignedRank is { } test ? SignedRankTest.SmallestPValue(test.Pairs) : null,
        comparison.EffectSize, comparison.SignedRank?.RankBiserial, comparison.Verdict);
}
