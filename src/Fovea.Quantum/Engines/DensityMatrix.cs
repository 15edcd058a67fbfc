using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.Engines;

/// <summary>
/// The density matrix of one circuit in complex double precision, gate by gate and channel by channel with dense matrices: slow and
/// clear, the definition that faster ways to noise are tested against. Wire 0 is the most significant bit of both indices.
/// </summary>
public sealed class DensityMatrix
{
    /// <summary>Most wires: a matrix of 2¹⁰ × 2¹⁰ takes 16 MiB.</summary>
    public const int MaxWires = 10;

    private readonly int _wireCount;
    private Complex[] _elements;

    /// <summary>|0…0⟩⟨0…0|.</summary>
    public DensityMatrix(int wireCount)
        : this(wireCount, [1])
    {
    }

    /// <summary>|ψ⟩⟨ψ| of real amplitudes by basis index; those not given are zero.</summary>
    internal DensityMatrix(int wireCount, ReadOnlySpan<double> amplitudes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wireCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wireCount, MaxWires);
        _wireCount = wireCount;
        _elements = new Complex[Size * Size];
        for (var row = 0; row < amplitudes.Length; row++)
        {
            for (var column = 0; column < amplitudes.Length; column++)
                _elements[(row * Size) + column] = amplitudes[row] * amplitudes[column];
        }
    }

    /// <summary>Rows: 2^wires.</summary>
    public int Size => 1 << _wireCount;

    /// <summary>Tr ρ².</summary>
    public double Purity => _elements.Sum(element => (element.Real * element.Real) + (element.Imaginary * element.Imaginary));

    /// <summary>⟨row|ρ|column⟩.</summary>
    public Complex this[int row, int column] => _elements[(row * Size) + column];

    /// <summary>Probabilities of the bit strings, by basis index.</summary>
    public double[] Probabilities() => [.. Enumerable.Range(0, Size).Select(index => this[index, index].Real)];

    /// <summary>ρ → UρU†.</summary>
    /// <param name="operation">The gate and its wires.</param>
    /// <param name="angle">Its angle in radians; ignored by gates without one.</param>
    public void Apply(Operation operation, double angle)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _elements = Sandwich(GateMatrix.Of(operation.Kind, angle), operation.Wires.AsSpan());
    }

    /// <summary>ρ → Σ KρK†.</summary>
    public void Apply(QuantumChannel channel, ReadOnlySpan<int> wires)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var sum = new Complex[_elements.Length];
        foreach (var kraus in channel.Kraus)
        {
            var term = Sandwich(kraus, wires);
            for (var k = 0; k < sum.Length; k++)
                sum[k] += term[k];
        }

        _elements = sum;
    }

    /// <summary>Tr(ρO).</summary>
    public double Expectation(Observable observable)
    {
        ArgumentNullException.ThrowIfNull(observable);
        return observable.Terms.Sum(term => term.Coefficient * Expectation(term.Pauli));
    }

    private double Expectation(PauliString pauli)
    {
        var sum = Complex.Zero;
        for (var index = 0; index < Size; index++)
        {
            var (target, phase) = (index, Complex.One);
            for (var wire = 0; wire < _wireCount; wire++)
            {
                var isOne = (index & Bit(wire)) != 0;
                phase *= pauli[wire] switch
                {
                    'Y' => isOne ? -Complex.ImaginaryOne : Complex.ImaginaryOne,
                    'Z' => isOne ? -1 : 1,
                    _ => 1,
                };
                target ^= pauli[wire] is 'X' or 'Y' ? Bit(wire) : 0;
            }

            // P|index⟩ = phase·|target⟩, so Tr(ρP) = Σ phase·⟨index|ρ|target⟩.
            sum += phase * this[index, target];
        }

        return sum.Real;
    }

    /// <summary>MρM†, one side after the other.</summary>
    private Complex[] Sandwich(Complex[,] matrix, ReadOnlySpan<int> wires)
    {
        var offsets = new int[matrix.GetLength(0)];
        for (var local = 0; local < offsets.Length; local++)
        {
            for (var k = 0; k < wires.Length; k++)
                offsets[local] |= ((local >> (wires.Length - 1 - k)) & 1) == 1 ? Bit(wires[k]) : 0;
        }

        var result = (Complex[])_elements.Clone();
        for (var line = 0; line < Size; line++)
            Multiply(result, matrix, offsets, start: line, stride: Size, conjugate: false);
        for (var line = 0; line < Size; line++)
            Multiply(result, matrix, offsets, start: line * Size, stride: 1, conjugate: true);
        return result;
    }

    private void Multiply(Complex[] elements, Complex[,] matrix, int[] offsets, int start, int stride, bool conjugate)
    {
        var before = new Complex[offsets.Length];
        for (var index = 0; index < Size; index++)
        {
            if ((index & offsets[^1]) != 0)
                continue;
            for (var k = 0; k < before.Length; k++)
                before[k] = elements[start + ((index | offsets[k]) * stride)];
            for (var row = 0; row < before.Length; row++)
            {
                var sum = Complex.Zero;
                for (var k = 0; k < before.Length; k++)
                    sum += (conjugate ? Complex.Conjugate(matrix[row, k]) : matrix[row, k]) * before[k];
                elements[start + ((index | offsets[row]) * stride)] = sum;
            }
        }
    }

    private int Bit(int wire) => 1 << (_wireCount - 1 - wire);
}
