namespace Fovea.Study.Analysis;

/// <summary>Which values of a metric are the better ones.</summary>
public enum MetricDirection
{
    /// <summary>Larger ones.</summary>
    Higher,

    /// <summary>Smaller ones.</summary>
    Lower,

    /// <summary>Neither: a density above 1 is no merit, and fewer near copies than of real images are none.</summary>
    Neither,
}
