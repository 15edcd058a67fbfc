using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.Engines;

/// <summary>
/// A state vector that channels act on by chance: Kraus operator K_k with probability ‖K_kψ‖², the state then K_kψ/‖K_kψ‖. The average
/// of |ψ⟩⟨ψ| over many trajectories is the density matrix (Dalibard, Castin and Mølmer 1992). Wire 0 is the most significant bit.
/// </summary>
internal sealed class TrajectoryState(int wireCount)
{
    private readonly Complex[] _amplitudes = new Complex[1 << wireCount];

    /// <summary>Starts anew: |0…0⟩, or real amplitudes by basis index, which are normalised.</summary>
    public void Reset(ReadOnlySpan<double> amplitudes)
    {
        Array.Clear(_amplitudes);
        _amplitudes[0] = 1;
        var norm = 0.0;
        foreach (var amplitude in amplitudes)
            norm += amplitude * amplitude;
        for (var index = 0; index < amplitudes.Length; index++)
            _amplitudes[index] = amplitudes[index] / Math.Sqrt(norm);
    }

    /// <summary>Applies a matrix of 2, 4 or 8 rows.</summary>
    public void Apply(Complex[,] matrix, ReadOnlySpan<int> wires)
    {
        Span<int> offsets = stackalloc int[matrix.GetLength(0)];
        FillOffsets(wires, offsets);
        Span<Complex> before = stackalloc Complex[offsets.Length];
        for (var index = 0; index < _amplitudes.Length; index++)
        {
            if ((index & offsets[^1]) != 0)
                continue;
            for (var k = 0; k < before.Length; k++)
                before[k] = _amplitudes[index | offsets[k]];
            for (var row = 0; row < before.Length; row++)
            {
                var sum = matrix[row, 0] * before[0];
                for (var k = 1; k < before.Length; k++)
                    sum += matrix[row, k] * before[k];
                _amplitudes[index | offsets[row]] = sum;
            }
        }
    }

    /// <summary>Applies one of a channel's Kraus operators, by chance, and normalises.</summary>
    public void Apply(QuantumChannel channel, ReadOnlySpan<int> wires, CounterRandom random)
    {
        var reduced = Reduced(wires);
        var (threshold, chosen, weight) = (random.NextDouble(), -1, 0.0);
        for (var k = 0; k < channel.Kraus.Length && (chosen < 0 || threshold >= 0); k++)
        {
            var probability = Probability(channel.Kraus[k], reduced);
            // Rounding may leave a little of the threshold after the last operator: the last possible one is taken then.
            if (probability > 0)
                (chosen, weight) = (k, probability);
            threshold -= probability;
        }

        Apply(channel.Kraus[chosen], wires);
        var factor = 1 / Math.Sqrt(weight);
        for (var index = 0; index < _amplitudes.Length; index++)
            _amplitudes[index] *= factor;
    }

    /// <summary>⟨P⟩.</summary>
    public double Expectation(PauliString pauli)
    {
        var (flip, signs, sum) = (ToIndex(pauli.X), ToIndex(pauli.Z), Complex.Zero);
        for (var index = 0; index < _amplitudes.Length; index++)
        {
            // P = i^|X∧Z| X^x Z^z in each factor.
            var term = Complex.Conjugate(_amplitudes[index ^ flip]) * _amplitudes[index];
            sum += int.IsEvenInteger(BitOperations.PopCount((uint)(index & signs))) ? term : -term;
        }

        return (BitOperations.PopCount(pauli.X & pauli.Z) & 3) switch
        {
            0 => sum.Real,
            1 => -sum.Imaginary,
            2 => -sum.Real,
            _ => sum.Imaginary,
        };
    }

    /// <summary>Measures every wire; bit q of the result is wire q's.</summary>
    public ulong Measure(CounterRandom random)
    {
        var (threshold, index) = (random.NextDouble(), 0);
        for (; index < _amplitudes.Length - 1; index++)
        {
            var (real, imaginary) = (_amplitudes[index].Real, _amplitudes[index].Imaginary);
            threshold -= (real * real) + (imaginary * imaginary);
            if (threshold < 0)
                break;
        }

        var bits = 0UL;
        for (var wire = 0; wire < wireCount; wire++)
            bits |= (ulong)((index >> (wireCount - 1 - wire)) & 1) << wire;
        return bits;
    }

    private static double Probability(Complex[,] kraus, Complex[,] reduced)
    {
        var (size, sum) = (kraus.GetLength(0), Complex.Zero);
        for (var row = 0; row < size; row++)
        {
            for (var a = 0; a < size; a++)
            {
                for (var b = 0; b < size; b++)
                    sum += kraus[row, a] * reduced[a, b] * Complex.Conjugate(kraus[row, b]);
            }
        }

        return sum.Real;
    }

    /// <summary>The density matrix of some wires.</summary>
    private Complex[,] Reduced(ReadOnlySpan<int> wires)
    {
        Span<int> offsets = stackalloc int[1 << wires.Length];
        FillOffsets(wires, offsets);
        var reduced = new Complex[offsets.Length, offsets.Length];
        for (var index = 0; index < _amplitudes.Length; index++)
        {
            if ((index & offsets[^1]) != 0)
                continue;
            for (var row = 0; row < offsets.Length; row++)
            {
                for (var column = 0; column < offsets.Length; column++)
                    reduced[row, column] += _amplitudes[index | offsets[row]] * Complex.Conjugate(_amplitudes[index | offsets[column]]);
            }
        }

        return reduced;
    }

    private void FillOffsets(ReadOnlySpan<int> wires, Span<int> offsets)
    {
        for (var local = 0; local < offsets.Length; local++)
        {
            offsets[local] = 0;
            for (var k = 0; k < wires.Length; k++)
                offsets[local] |= ((local >> (wires.Length - 1 - k)) & 1) << (wireCount - 1 - wires[k]);
        }
    }

    private int ToIndex(ulong wires)
    {
        var mask = 0;
        for (var wire = 0; wire < wireCount; wire++)
            mask |= (int)((wires >> wire) & 1) << (wireCount - 1 - wire);
        return mask;
    }
}
