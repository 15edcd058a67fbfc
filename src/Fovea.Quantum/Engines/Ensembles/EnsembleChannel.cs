using System.Numerics;
using System.Runtime.Intrinsics;
using Fovea.Core.Random;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.Engines.Ensembles;

/// <summary>A channel ready for trajectories: one Kraus operator a lane, by chance.</summary>
internal abstract class EnsembleChannel
{
    // Kraus operators of Pauli mixtures are computed numbers.
    private const double Tolerance = 1e-12;

    /// <summary>Lets it happen once in every lane.</summary>
    public abstract void Apply(EnsembleState state, ReadOnlySpan<CounterRandom> luck);

    /// <exception cref="NotSupportedException">On two wires, and not a mixture of Pauli strings.</exception>
    public static EnsembleChannel Of(QuantumChannel channel, int[] wires)
    {
        var paulis = channel.Kraus.Select(Pauli).ToArray();
        if (paulis.All(pauli => pauli.Index >= 0))
            return new PauliMixture(paulis, wires);
        return channel.WireCount == 1
            ? new OneWire(channel, wires[0])
            : throw new NotSupportedException($"channel {channel.Name} on two wires is not a mixture of Pauli strings, which is all that ensembles take");
    }

    /// <summary>Number of the Pauli string that an operator is a multiple of, and the square of the factor's size; −1 for none.</summary>
    private static (int Index, double Probability) Pauli(Complex[,] kraus)
    {
        var size = kraus.GetLength(0);
        var basis = PauliTransfer.Basis(size == 2 ? 1 : 2);
        for (var k = 0; k < basis.Length; k++)
        {
            // Tr(P K)/d is the factor, and ‖K‖² = d·|factor|² if nothing else is in K.
            var (overlap, norm) = (Complex.Zero, 0.0);
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                {
                    overlap += Complex.Conjugate(basis[k][row, column]) * kraus[row, column] / size;
                    norm += kraus[row, column].Real * kraus[row, column].Real + kraus[row, column].Imaginary * kraus[row, column].Imaginary;
                }
            }

            var probability = (overlap.Real * overlap.Real) + (overlap.Imaginary * overlap.Imaginary);
            if (norm > 0 && Math.Abs((norm / size) - probability) <= Tolerance * norm)
                return (k, probability);
        }

        return (-1, 0);
    }

    /// <summary>Pauli strings with fixed probabilities: nothing has to be known of the state.</summary>
    private sealed class PauliMixture((int Index, double Probability)[] strings, int[] wires) : EnsembleChannel
    {
        public override void Apply(EnsembleState state, ReadOnlySpan<CounterRandom> luck)
        {
            for (var lane = 0; lane < luck.Length; lane++)
            {
                var index = Draw(luck[lane].NextDouble());
                for (var k = 0; k < wires.Length; k++)
                {
                    var pauli = (index >> (2 * (wires.Length - 1 - k))) & 3;
                    if (pauli != 0)
                        state.Apply(wires[k], LaneMatrix.Identity.WithLane(lane, PauliTransfer.Basis(1)[pauli]));
                }
            }
        }

        private int Draw(double threshold)
        {
            foreach (var (index, probability) in strings)
            {
                threshold -= probability;
                if (threshold < 0)
                    return index;
            }

            return strings[^1].Index;
        }
    }

    /// <summary>Any channel on one wire: operator K with probability Tr(K†K ρ), then normalised.</summary>
    private sealed class OneWire(QuantumChannel channel, int wire) : EnsembleChannel
    {
        private readonly LaneMatrix[] _kraus = [.. channel.Kraus.Select(LaneMatrix.Broadcast)];

        // K†K of each operator.
        private readonly LaneMatrix[] _effects = [.. channel.Kraus.Select(LaneMatrix.Broadcast).Select(k => k.Adjoint() * k)];

        public override void Apply(EnsembleState state, ReadOnlySpan<CounterRandom> luck)
        {
            var reduced = state.Reduced(wire);
            Span<double> thresholds = stackalloc double[EnsembleState.Lanes];
            for (var lane = 0; lane < thresholds.Length; lane++)
                thresholds[lane] = luck[lane].NextDouble();
            var left = Vector512.Create<double>(thresholds);
            var (chosen, weight, open) = (_kraus[0], Vector512<double>.Zero, Vector512<double>.AllBitsSet);
            for (var k = 0; k < _kraus.Length; k++)
            {
                var probability = Trace(_effects[k], reduced);
                // Rounding may leave a little of the threshold after the last operator: the last possible one is taken then.
                var take = open & Vector512.GreaterThan(probability, Vector512<double>.Zero);
                (chosen, weight) = (Select(take, _kraus[k], chosen), Vector512.ConditionalSelect(take, probability, weight));
                left -= probability;
                open &= Vector512.GreaterThanOrEqual(left, Vector512<double>.Zero);
            }

            state.Apply(wire, Scaled(chosen, Vector512<double>.One / Vector512.Sqrt(weight)), isUnitary: false);
        }

        /// <summary>Tr(Eρ), real for a Hermitian E.</summary>
        private static Vector512<double> Trace(in LaneMatrix effect, in LaneMatrix reduced) =>
            ((effect.M00 * reduced.M00) + (effect.M01 * reduced.M10) + (effect.M10 * reduced.M01) + (effect.M11 * reduced.M11)).Real;

        private static LaneMatrix Select(Vector512<double> mask, in LaneMatrix yes, in LaneMatrix no) => new(
            Select(mask, yes.M00, no.M00), Select(mask, yes.M01, no.M01), Select(mask, yes.M10, no.M10), Select(mask, yes.M11, no.M11));

        private static LaneNumber Select(Vector512<double> mask, LaneNumber yes, LaneNumber no) => new(
            Vector512.ConditionalSelect(mask, yes.Real, no.Real), Vector512.ConditionalSelect(mask, yes.Imaginary, no.Imaginary));

        private static LaneMatrix Scaled(in LaneMatrix matrix, Vector512<double> factor)
        {
            LaneNumber number = new(factor, default);
            return new(number * matrix.M00, number * matrix.M01, number * matrix.M10, number * matrix.M11);
        }
    }
}
