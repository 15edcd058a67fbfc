namespace Fovea.Study.Definitions;

/// <summary>What stands in the circuits' place of a network.</summary>
public enum BlockKind
{
    /// <summary>The classical twin's 3×3 convolution.</summary>
    Classical,

    /// <summary>The circuit, trained.</summary>
    Quantum,

    /// <summary>The circuit with random weights that are never trained.</summary>
    Frozen,

    /// <summary>A multilayer perceptron with as many parameters as the circuit has weights, as nearly as its shape allows.</summary>
    MatchedMlp,

    /// <summary>A multilayer perceptron as wide as the circuit has wires.</summary>
    WideMlp,

    /// <summary>A linear map of cosines and sines of the angles and of their products in pairs.</summary>
    Trigonometric,

    /// <summary>Nothing: the bounded angles themselves.</summary>
    Identity,
}
