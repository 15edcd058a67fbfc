namespace Fovea.Judging.Grading;

/// <summary>How well a photograph can be read, in the three grades of EyeQ (Fu et al. 2019, arXiv 1907.05345).</summary>
public enum QualityGrade
{
    /// <summary>No fault worth naming.</summary>
    Good,

    /// <summary>A fault is seen; the main structures and lesions can be told.</summary>
    Usable,

    /// <summary>Not to be read.</summary>
    Reject,
}
