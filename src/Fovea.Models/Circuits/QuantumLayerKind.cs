namespace Fovea.Models.Circuits;

/// <summary>
/// What stands between the projections of an <see cref="AngleConvolution"/>: the circuit, or a control that takes only the circuit
/// away and leaves the rest of the layer, its start values included.
/// </summary>
public enum QuantumLayerKind
{
    /// <summary>The circuit, whose weights are trained.</summary>
    Circuit,

    /// <summary>The circuit, whose random weights stay as they start.</summary>
    Frozen,

    /// <summary>A perceptron with as nearly as many parameters as the circuit has weights.</summary>
    MatchedMlp,

    /// <summary>A perceptron whose hidden layer is as wide as the circuit.</summary>
    WideMlp,

    /// <summary>A linear map of the angles' trigonometric products over at most two wires.</summary>
    Trigonometric,

    /// <summary>The angles themselves.</summary>
    Identity,
}
