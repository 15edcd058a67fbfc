using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Json;

/// <summary>A set's grades; without images there is no share.</summary>
internal sealed record GradableDocument(int Images, int Good, int Usable, int Reject, int Gradable, Figure? Share)
{
    public static GradableDocument Of(GradableRate rate) =>
        new(rate.Total, rate.Good, rate.Usable, rate.Reject, rate.Gradable, rate.Total > 0 ? rate.Share : null);
}
