using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines;

/// <summary>
/// The state vector of one circuit run in complex double precision, gate by gate with dense gate matrices: slow and
/// clear, the definition that faster engines are tested against. Wire 0 is the most significant bit of the index.
/// </summary>
public sealed class ReferenceState
{
    private readonly int _wireCount;
    private readonly Complex[] _amplitudes;

    /// <summary>|0…0⟩ on <paramref name="wireCount"/> wires.</summary>
    public ReferenceState(int wireCount)
        : this(wireCount, [1])
    {
    }

    /// <summary>The state of the given real amplitudes, by basis index; those not given are zero. They are not normalised.</summary>
    internal ReferenceState(int wireCount, ReadOnlySpan<double> amplitudes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wireCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wireCount, StateVectorMemory.MaxWires);
        _wireCount = wireCount;
        _amplitudes = new Complex[1 << wireCount];
        for (var index = 0; index < amplitudes.Length; index++)
            _amplitudes[index] = amplitudes[index];
    }

    /// <summary>Amplitudes by basis index.</summary>
    public ReadOnlySpan<Complex> Amplitudes => _amplitudes;

    /// <summary>Applies one gate.</summary>
    /// <param name="operation">The gate and its wires.</param>
    /// <param name="angle">Its angle in radians; ignored by gates without one.</param>
    public void Apply(Operation operation, double angle)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var matrix = GateMatrix.Of(operation.Kind, angle);
        var size = matrix.GetLength(0);
        var offsets = Enumerable.Range(0, size).Select(local => Offset(operation, local)).ToArray();
        var before = new Complex[size];
        for (var index = 0; index < _amplitudes.Length; index++)
        {
            if ((index & offsets[^1]) != 0)
                continue;
            for (var column = 0; column < size; column++)
                before[column] = _amplitudes[index | offsets[column]];
            for (var row = 0; row < size; row++)
            {
                var sum = Complex.Zero;
                for (var column = 0; column < size; column++)
                    sum += matrix[row, column] * before[column];
                _amplitudes[index | offsets[row]] = sum;
            }
        }
    }

    /// <summary>The expectation value of an observable.</summary>
    public double Expectation(Observable observable)
    {
        ArgumentNullException.ThrowIfNull(observable);
        return observable.Terms.Sum(term => term.Coefficient * Expectation(term.Pauli));
    }

    /// <summary>
    /// ⟨this|P|other⟩ of two states: each basis state of <paramref name="other"/> goes, with a phase, to the one that differs on
    /// the wires with X or Y.
    /// </summary>
    internal Complex Matrix(PauliString pauli, ReferenceState other)
    {
        var sum = Complex.Zero;
        for (var index = 0; index < _amplitudes.Length; index++)
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

            sum += Complex.Conjugate(_amplitudes[target]) * phase * other._amplitudes[index];
        }

        return sum;
    }

    private double Expectation(PauliString pauli) => Matrix(pauli, this).Real;

    private int Bit(int wire) => 1 << (_wireCount - 1 - wire);

    private int Offset(Operation operation, int local)
    {
        var offset = 0;
        for (var k = 0; k < operation.Wires.Length; k++)
        {
            if (((local >> (operation.Wires.Length - 1 - k)) & 1) == 1)
                offset |= Bit(operation.Wires[k]);
        }

        return offset;
    }
}
