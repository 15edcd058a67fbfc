using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.Engines.Unitary;

namespace Fovea.Quantum.Planning;

/// <summary>Real additions and multiplications of one circuit with its gradient, by the formulas that the kernels follow.</summary>
internal static class OperationCount
{
    // Three multiply-adds a pair and plane forward, the same for ψ and for λ back, and two for the gradient.
    private const int PerRotation = 22;

    // One complex product forward, two back, and Im(λ*ψ) for the gradients of the phases.
    private const int PerPhase = 21;

    // Product state, probabilities, the seed of λ, and the contraction of λ with the product state.
    private const int Ends = 20;

    /// <summary>State vectors of 2^wires amplitudes.</summary>
    public static double StateVector(int wires, int rotations, int phases) =>
        Math.Pow(2, wires) * ((rotations * PerRotation) + (phases * PerPhase) + Ends);

    /// <summary>
    /// Terms: value, cotangent of the feature, gradient of the coefficient, a multiply-add each. Rows: the same for the left
    /// feature. Products: one forward, two multiply-adds back. Turns: four and two there, twice that and a gradient back.
    /// </summary>
    public static double Trigonometric(TrigonometricPlan plan) =>
        (6.0 * plan.TermFeatures.Count) + (4.0 * plan.Rows.Count) + (5.0 * plan.Products.Count)
        + (21.0 * plan.Entry.Chains.Sum(chain => chain.Length));

    /// <summary>One matrix product forward, one back, and one for the gradient of the matrix; then entry and measurement.</summary>
    public static double Unitary(UnitaryPlan plan) => (6.0 * plan.Rows * plan.Columns) + ((double)plan.Slots * Ends);
}
