namespace Fovea.Judging.Reports.Charts;

/// <summary>What a curve is of; the same look in every chart.</summary>
internal enum CurveTone
{
    /// <summary>Generated images.</summary>
    Generated,

    /// <summary>Real images.</summary>
    Real,

    /// <summary>A threshold or another help to the eye.</summary>
    Help,
}
