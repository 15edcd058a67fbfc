using System.Collections.Immutable;
using Fovea.Quantum.Engines.StateVector;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliTransfers;

namespace Fovea.Quantum.Shots;

/// <summary>
/// The joint distribution of measured bit strings for one set of weights, exactly and for many inputs: p(b|x) = Σ_F M[b, F]·φ_F(x)
/// with φ all products of 1, sin and cos of the inputs' angles. The outcomes' projectors are pulled back once through gates and
/// channels; a sample then costs a product of M, of up to 2⁹·3⁹ numbers (40 MB), with its functions. Needs wires whose only input comes
/// before the gates that join them.
/// </summary>
public sealed class OutcomeDistribution
{
    /// <summary>Most wires: 4⁹ coefficients for each of up to 2⁹ outcomes.</summary>
    public const int MaxWires = 9;

    private readonly NoisyCircuit _noisy;
    private readonly IOutcomeProduct _product;

    /// <summary>Pulls the projectors back.</summary>
    /// <param name="noisy">The circuit.</param>
    /// <param name="weights">[WeightCount].</param>
    /// <param name="threads">Most threads, at least 1.</param>
    /// <exception cref="NotSupportedException">Too many wires, or an input behind an entangling gate.</exception>
    public OutcomeDistribution(NoisyCircuit noisy, ReadOnlySpan<double> weights, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, noisy.Circuit.WeightCount);
        _noisy = noisy;
        var inputs = Part(noisy, weights, out var rest);
        var support = noisy.Circuit.Observables.Aggregate(0UL, (mask, observable) => mask | observable.Support);
        Wires = [.. Enumerable.Range(0, noisy.Circuit.WireCount).Where(wire => (support >> wire & 1) != 0)];
        _product = OutcomeProduct.Create(inputs, OutcomeCount, LaneWidth.Bytes);
        ProjectorPullBack.Fill(_product, noisy, Wires, TransferStep.Fuse(rest, noisy.Circuit.WireCount), inputs, threads);
    }

    /// <summary>The measured wires, those that observables look at, in rising order.</summary>
    public ImmutableArray<int> Wires { get; }

    /// <summary>2^(measured wires).</summary>
    public int OutcomeCount => 1 << Wires.Length;

    /// <summary>
    /// The probabilities of all outcomes; bit k of an outcome is the k-th measured wire's. Rounding of sums of up to 3⁹ products in single precision may leave
    /// −1e-6.
    /// </summary>
    /// <param name="inputs">[batch, InputCount].</param>
    /// <param name="probabilities">[batch, OutcomeCount], overwritten.</param>
    public void Evaluate(ReadOnlySpan<double> inputs, Span<float> probabilities)
    {
        var batch = probabilities.Length / OutcomeCount;
        var width = _noisy.Circuit.InputCount;
        if (probabilities.Length % OutcomeCount != 0 || inputs.Length != batch * width)
        {
            throw new ArgumentException(
                $"{inputs.Length} inputs and {probabilities.Length} probabilities do not fit [batch, {width}] and [batch, {OutcomeCount}]");
        }

        if (batch > 0)
            _product.Evaluate(inputs, probabilities);
    }

    /// <summary>Throws for circuits that the constructor does not take, whatever the weights, without the work of it.</summary>
    /// <exception cref="NotSupportedException">As the constructor's.</exception>
    internal static void Require(NoisyCircuit noisy) => Part(noisy, new double[noisy.Circuit.WeightCount], out _);

    private static FirstInputs Part(NoisyCircuit noisy, ReadOnlySpan<double> weights, out List<TransferStep> rest)
    {
        if (noisy.Circuit.WireCount > MaxWires)
            throw new NotSupportedException($"the joint distribution of outcomes takes at most {MaxWires} wires, not {noisy.Circuit.WireCount}");
        var bound = new List<TransferStep>();
        foreach (var step in TransferStep.Of(noisy))
            bound.Add(step.Bind(weights));
        return FirstInputs.Part(noisy.Circuit, bound, out rest);
    }
}
