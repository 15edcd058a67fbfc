namespace Fovea.Study.Analysis;

/// <summary>What a comparison says of the arm asked about.</summary>
public enum Verdict
{
    /// <summary>There is no interval, so that nothing can be said.</summary>
    Unknown,

    /// <summary>The interval of the difference holds 0.</summary>
    NoMeasurableDifference,

    /// <summary>The interval excludes 0 on the better side of the metric.</summary>
    Better,

    /// <summary>The interval excludes 0 on the worse side.</summary>
    Worse,

    /// <summary>The interval is above 0, of a metric that has no better side.</summary>
    Higher,

    /// <summary>The interval is below 0, of such a metric.</summary>
    Lower,
}
