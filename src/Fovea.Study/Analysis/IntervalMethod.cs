namespace Fovea.Study.Analysis;

/// <summary>Where the interval of a difference comes from.</summary>
public enum IntervalMethod
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The bootstrap over seeds and images.</summary>
    SeedsAndImages,

    /// <summary>Student's t distribution over the differences of seeds.</summary>
    Seeds,

    /// <summary>Images alone, with one training of each arm: what another seed would give is not known.</summary>
    Images,
}
