using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Evaluates the expectation values of one circuit for a batch of inputs that share the weights, and their
/// vector-Jacobian product. Engines of ideal circuits compute the same function to rounding, and its exact product; those of a noisy circuit compute its
/// values, those of finite shots estimate them and their product. An engine keeps scratch memory between calls and serves one call at a time.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// The batch is read from the output length. Samples never mix: a row of a batch equals the batch of one, bit for bit. The
/// results do not depend on <see cref="Threads"/>, bit for bit. Inputs and weights must be finite.
/// </remarks>
public interface IExpectationEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The circuit this engine evaluates.</summary>
    Circuit Circuit { get; }

    /// <summary>Number of expectation values a sample has: the circuit's observables.</summary>
    int OutputCount { get; }

    /// <summary>Most threads one call may use, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    int Threads { get; set; }

    /// <summary>
    /// Computes ⟨O_i⟩ for every sample: up to rounding within ± the sum of the magnitudes of O_i's coefficients, 1 for a string of Pauli operators.
    /// Extrapolated values may lie outside.
    /// </summary>
    /// <param name="inputs">[batch, InputCount], row-major.</param>
    /// <param name="weights">[WeightCount].</param>
    /// <param name="expectations">[batch, OutputCount], overwritten.</param>
    /// <exception cref="ArgumentException">A length that does not fit, or an input or weight that is not finite.</exception>
    void Forward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> expectations);

    /// <summary>
    /// Computes the gradients of the loss Σ_b Σ_i cotangents[b, i]·⟨O_i⟩_b with respect to inputs and weights.
    /// </summary>
    /// <param name="inputs">[batch, InputCount], row-major.</param>
    /// <param name="weights">[WeightCount].</param>
    /// <param name="cotangents">[batch, OutputCount].</param>
    /// <param name="inputGradients">[batch, InputCount], overwritten.</param>
    /// <param name="weightGradients">[WeightCount], summed over the batch, overwritten.</param>
    /// <exception cref="ArgumentException">A length that does not fit, or an input or weight that is not finite.</exception>
    void VectorJacobianProduct(
        ReadOnlySpan<T> inputs,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> cotangents,
        Span<T> inputGradients,
        Span<T> weightGradients);
}

/// <summary>What computes circuits in place of the ideal engine that a planner chooses: a noisy device, finite shots, a recorder.</summary>
public interface ICircuitBackend
{
    /// <summary>An engine for a circuit, with its inputs, weights and outputs. The engine becomes the caller's own.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    IExpectationEngine<T> CreateEngine<T>(Circuit circuit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
