using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>How observables become coefficients of strings, laid out once for a circuit: what a trigonometric plan is made of.</summary>
internal abstract class CoefficientProgram
{
    /// <summary>[slot]: the string.</summary>
    public abstract IReadOnlyList<PauliString> Strings { get; }

    /// <summary>[slot]: the output whose observable the string belongs to.</summary>
    public abstract IReadOnlyList<int> Outputs { get; }

    /// <summary>Work of one evaluation, in pairs of coefficients.</summary>
    public abstract long PairCount { get; }

    /// <summary>Room for the coefficients of one set of weights.</summary>
    public abstract CoefficientState CreateState();
}
