namespace Fovea.Quantum.PauliPropagation;

/// <summary>The coefficients of a <see cref="CoefficientProgram"/> for one set of weights, and the way back, in double precision.</summary>
internal abstract class CoefficientState
{
    /// <summary>[slot]: the coefficient after <see cref="Run"/>.</summary>
    public abstract ReadOnlySpan<double> Coefficients { get; }

    /// <summary>[slot]: ∂L/∂coefficient, to be set before <see cref="AddWeightGradients"/>, which uses it up.</summary>
    public abstract Span<double> Cotangents { get; }

    /// <summary>Computes the coefficients.</summary>
    /// <param name="weights">[weights].</param>
    public abstract void Run(ReadOnlySpan<double> weights);

    /// <summary>Adds ∂L/∂w of every weight, from the cotangents.</summary>
    /// <param name="gradients">[weights].</param>
    public abstract void AddWeightGradients(Span<double> gradients);
}
