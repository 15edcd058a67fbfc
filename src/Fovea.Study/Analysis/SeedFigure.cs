using Fovea.Evaluation.Statistics;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>One figure of several seeds.</summary>
internal static class SeedFigure
{
    /// <summary>Mean with Student's interval over seeds; of one seed its interval over images; null of none.</summary>
    public static CellFigure? Of(IReadOnlyList<CellFigure> figures)
    {
        if (figures.Count < 2 || !figures.All(figure => double.IsFinite(figure.Value)))
            return figures.Count == 0 ? null : figures.Count == 1 ? figures[0] : new CellFigure(figures.Average(figure => figure.Value));
        var student = StudentInterval.Of([.. figures.Select(figure => figure.Value)]);
        return new CellFigure(student.Mean, student.Interval.Low, student.Interval.High);
    }
}
