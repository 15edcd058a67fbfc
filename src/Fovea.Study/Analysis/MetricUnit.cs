namespace Fovea.Study.Analysis;

/// <summary>How a metric is told.</summary>
public enum MetricUnit
{
    /// <summary>A number without a unit.</summary>
    Number,

    /// <summary>A share 0 to 1, told in per cent; differences are told in points of a hundred.</summary>
    Share,

    /// <summary>Decibels.</summary>
    Decibels,
}
