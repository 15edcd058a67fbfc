using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.Engines.Unitary;

namespace Fovea.Quantum.Planning;

/// <summary>
/// Nanoseconds that a circuit, forward and gradient, takes on one thread. The numbers of the default are fixed, so that a plan
/// is the same in every run and a resumed training computes the same bits; <see cref="CostCalibration"/> measures them anew.
/// </summary>
public sealed record CostModel
{
    /// <summary>The model for single precision with 512-bit registers, scaled to the registers of this machine.</summary>
    public static CostModel Default { get; } = new() { RegisterBytes = LaneWidth.Bytes };

    /// <summary>Bytes of a SIMD register: 16, 32 or 64.</summary>
    public int RegisterBytes { get; init; } = 64;

    /// <summary>State vector: a register of amplitudes through one Y rotation, there and back.</summary>
    public double RotationPass { get; init; } = 1.1;

    /// <summary>State vector: a register of amplitudes through one table of phases, there and back.</summary>
    public double PhasePass { get; init; } = 2.5;

    /// <summary>State vector: a register of amplitudes through entry, measurement and seed.</summary>
    public double EndsPass { get; init; } = 16;

    /// <summary>Trigonometric: a register of one term, there and back.</summary>
    public double Term { get; init; } = 0.8;

    /// <summary>Trigonometric: a register of one product of features, there and back.</summary>
    public double Product { get; init; } = 1.5;

    /// <summary>Trigonometric: one pair of coefficients in the pull-back, there and back; once a call.</summary>
    public double CoefficientPair { get; init; } = 5;

    /// <summary>Unitary: a register through one element of the matrix, there and back and for its gradient.</summary>
    public double MatrixElement { get; init; } = 0.65;

    /// <summary>Unitary: one element of the matrix through one gate when it is built, there and back; once a call.</summary>
    public double MatrixGate { get; init; } = 1.3;

    /// <summary>Any way: one number of a sample taken in or given out.</summary>
    public double Transfer { get; init; } = 1;

    /// <summary>Any way: sine and cosine of one angle in single precision.</summary>
    public double SinCos { get; init; } = 1;

    /// <summary>Any way: sine and cosine of one angle in double precision, which is not vectorised.</summary>
    public double SinCosDouble { get; init; } = 14;

    /// <summary>State vector: factor on all passes for states beyond the first-level cache (512 amplitudes and more).</summary>
    public double LargeStateFactor { get; init; } = 1.3;

    /// <summary>Trigonometric: coefficients beyond which a pair costs ever more, as the caches no longer hold them all.</summary>
    public double CachedCoefficients { get; init; } = 32768;

    /// <summary>The same model with the engines' own costs multiplied.</summary>
    internal CostModel Scaled(double stateVector, double trigonometric, double unitary) => this with
    {
        RotationPass = RotationPass * stateVector,
        PhasePass = PhasePass * stateVector,
        EndsPass = EndsPass * stateVector,
        Term = Term * trigonometric,
        Product = Product * trigonometric,
        CoefficientPair = CoefficientPair * trigonometric,
        MatrixElement = MatrixElement * unitary,
        MatrixGate = MatrixGate * unitary,
    };

    internal double StateVectorCost(Circuit circuit, int rotations, int phases, bool isDouble)
    {
        var registers = (double)(1L << circuit.WireCount) / Lanes(isDouble);
        var passes = (rotations * RotationPass) + (phases * PhasePass) + EndsPass;
        return (registers * passes * (circuit.WireCount > 8 ? LargeStateFactor : 1)) + Ends(circuit, isDouble);
    }

    internal double TrigonometricCost(TrigonometricPlan plan, bool isDouble, int batch)
    {
        var features = plan.Products.Count + plan.Rows.Count + plan.Entry.Chains.Sum(chain => chain.Length);
        var circuit = ((plan.TermFeatures.Count * Term) + (features * Product)) / Lanes(isDouble);
        var pair = CoefficientPair * (1 + (plan.Program.Strings.Count / CachedCoefficients));
        return circuit + Ends(plan.Circuit, isDouble) + (plan.Program.PairCount * pair / batch);
    }

    internal double UnitaryCost(UnitaryPlan plan, int gates, bool isDouble, int batch)
    {
        var elements = (double)plan.Rows * plan.Columns;
        var circuit = ((elements * MatrixElement) + (plan.Slots * EndsPass)) / Lanes(isDouble);
        return circuit + Ends(plan.Gates.Circuit, isDouble) + (elements * gates * MatrixGate / batch);
    }

    private double Ends(Circuit circuit, bool isDouble)
    {
        var angles = circuit.Operations.Count(o => o.Angle is { Source: AngleSource.Input or AngleSource.InputProduct });
        return (((2 * circuit.InputCount) + circuit.Observables.Length) * Transfer) + (angles * (isDouble ? SinCosDouble : SinCos));
    }

    private double Lanes(bool isDouble) => RegisterBytes / (isDouble ? 8.0 : 4.0);
}

/// <summary>Real additions and multiplications of one circuit with its gradient, by the formulas that the kernels follow.</summary>
internal static class OperationCount
{
    // Two multiply-adds a pair and plane forward, two for λ back, and two for the gradient.
    private const int PerRotation = 12;

    // One complex product forward, one back, and Im(λ*ψ) for the gradients of the phases.
    private const int PerPhase = 15;

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
