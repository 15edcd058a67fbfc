using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>One factor of a map: a constant matrix, or that of a gate by a weight. Matrices are row-major, [P, Q].</summary>
internal sealed class TransferFactor
{
    private readonly double[]? _constant;
    private readonly Operation? _gate;

    /// <summary>The factor of a step that is no gate by an input.</summary>
    public TransferFactor(TransferStep step)
        : this(step.Transfer is { } entries ? [.. entries.Cast<double>()] : null, step.Gate)
    {
    }

    private TransferFactor(double[]? constant, Operation? gate) => (_constant, _gate) = (constant, gate);

    /// <summary>The weight, or −1 for a constant.</summary>
    public int Weight => _gate?.Angle?.Index ?? -1;

    /// <summary>First this constant, then another, as one.</summary>
    public TransferFactor Then(TransferFactor next, int size)
    {
        var product = new double[size * size];
        SmallMatrix.Multiply(next._constant!, _constant!, product, size);
        return new(product, null);
    }

    /// <summary>The matrix for these weights.</summary>
    public void Fill(Span<double> matrix, ReadOnlySpan<double> weights)
    {
        if (_constant is not null)
            _constant.CopyTo(matrix);
        else
            FillGate(matrix, _gate!.Angle!.Value.Scale * weights[Weight]);
    }

    /// <summary>The derivative by the weight.</summary>
    public void FillDerivative(Span<double> matrix, ReadOnlySpan<double> weights)
    {
        var scale = _gate!.Angle!.Value.Scale;
        if (Axis > 0)
        {
            FillTurn(matrix, (scale * weights[Weight]) + (Math.PI / 2), scale);
            (matrix[0], matrix[5 * Axis]) = (0, 0);
            return;
        }

        var shifted = new double[matrix.Length];
        matrix.Clear();
        // The shift rule holds for every matrix element, as it does for expectation values.
        foreach (var (shift, coefficient) in ParameterShift.Rule(_gate.Kind))
        {
            FillGate(shifted, (scale * weights[Weight]) + shift);
            for (var k = 0; k < matrix.Length; k++)
                matrix[k] += scale * coefficient * shifted[k];
        }
    }

    /// <summary>Entries that are not zero for some weights.</summary>
    public bool[] Pattern()
    {
        if (_constant is not null)
            return Array.ConvertAll(_constant, value => value != 0);
        var size = 1 << (2 * _gate!.Wires.Length);
        var (first, second) = (new double[size * size], new double[size * size]);
        // Two angles without a common zero of sines and cosines, halves and doubles.
        FillGate(first, 0.7);
        FillGate(second, 1.9);
        return [.. first.Zip(second, (a, b) => Math.Abs(a) > 1e-12 || Math.Abs(b) > 1e-12)];
    }

    /// <summary>1 to 3 for rotations of one wire about X, Y or Z; 0 for other gates.</summary>
    private int Axis => _gate!.Kind switch { GateKind.RX => 1, GateKind.RY => 2, GateKind.RZ or GateKind.Phase => 3, _ => 0 };

    private void FillGate(Span<double> matrix, double angle)
    {
        if (Axis > 0)
        {
            FillTurn(matrix, angle, 1);
            return;
        }

        var transfer = PauliTransfer.Of([GateMatrix.Of(_gate!.Kind, angle)], _gate.Wires.Length);
        for (var k = 0; k < matrix.Length; k++)
            matrix[k] = transfer[k / transfer.Size, k % transfer.Size];
    }

    /// <summary>A turn of the Bloch vector, its moving part times a factor. A quarter turn more is its derivative.</summary>
    private void FillTurn(Span<double> matrix, double angle, double factor)
    {
        var (next, last) = ((Axis % 3) + 1, ((Axis + 1) % 3) + 1);
        var (sin, cos) = Math.SinCos(angle);
        matrix.Clear();
        (matrix[0], matrix[5 * Axis]) = (1, 1);
        (matrix[5 * next], matrix[5 * last]) = (factor * cos, factor * cos);
        (matrix[(4 * next) + last], matrix[(4 * last) + next]) = (-factor * sin, factor * sin);
    }
}

/// <summary>Products of small square matrices, row-major.</summary>
internal static class SmallMatrix
{
    /// <summary>product = left · right; it must be neither of them.</summary>
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int size)
    {
        product[..(size * size)].Clear();
        for (var row = 0; row < size; row++)
        {
            for (var k = 0; k < size; k++)
            {
                var factor = left[(row * size) + k];
                if (factor == 0)
                    continue;
                for (var column = 0; column < size; column++)
                    product[(row * size) + column] += factor * right[(k * size) + column];
            }
        }
    }

    /// <summary>product = leftᵀ · right.</summary>
    public static void MultiplyTransposed(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int size)
    {
        product[..(size * size)].Clear();
        for (var k = 0; k < size; k++)
        {
            for (var row = 0; row < size; row++)
            {
                var factor = left[(k * size) + row];
                if (factor == 0)
                    continue;
                for (var column = 0; column < size; column++)
                    product[(row * size) + column] += factor * right[(k * size) + column];
            }
        }
    }

    /// <summary>The transpose.</summary>
    public static void Transpose(ReadOnlySpan<double> matrix, Span<double> transposed, int size)
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                transposed[(column * size) + row] = matrix[(row * size) + column];
        }
    }

    /// <summary>The identity.</summary>
    public static void Identity(Span<double> matrix, int size)
    {
        matrix[..(size * size)].Clear();
        for (var k = 0; k < size; k++)
            matrix[(k * size) + k] = 1;
    }
}
