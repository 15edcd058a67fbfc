namespace Fovea.Evaluation.Distances;

/// <summary>What <see cref="PairBlocks"/> computes of two rows of features.</summary>
public enum PairMeasure
{
    /// <summary>Σ (a − b)², summed from the differences: no digits are lost between near rows.</summary>
    SquaredDistance,

    /// <summary>Σ a · b.</summary>
    DotProduct,
}
