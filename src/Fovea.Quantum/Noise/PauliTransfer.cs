using System.Collections.Immutable;
using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Noise;

/// <summary>
/// A channel in the Pauli basis: R[P, Q] = Tr(P·E(Q))/2ⁿ. Read by rows it is the Heisenberg picture, E†(P) = Σ_Q R[P, Q]·Q. Paulis
/// are numbered I, X, Y, Z; on more wires in base 4, the first wire most significant.
/// </summary>
public sealed class PauliTransfer
{
    private static readonly Complex[][,] Paulis = [.. new[] { GateKind.I, GateKind.X, GateKind.Y, GateKind.Z }.Select(kind => GateMatrix.Of(kind))];
    private readonly double[,] _entries;

    private PauliTransfer(double[,] entries) => _entries = entries;

    /// <summary>4, 16 or 64.</summary>
    public int Size => _entries.GetLength(0);

    /// <summary>R[P, Q].</summary>
    public double this[int row, int column] => _entries[row, column];

    /// <summary>Σ_P R[P, P].</summary>
    public double Trace => Enumerable.Range(0, Size).Sum(k => _entries[k, k]);

    /// <summary>Whether this is the identity, exactly.</summary>
    public bool IsIdentity =>
        Enumerable.Range(0, Size).All(row => Enumerable.Range(0, Size).All(column => _entries[row, column] == (row == column ? 1 : 0)));

    /// <summary>The matrices of all Pauli strings on some wires, by number. Those of one wire are shared: not to be changed.</summary>
    internal static Complex[][,] Basis(int wires)
    {
        var basis = Paulis;
        for (var wire = 1; wire < wires; wire++)
            basis = [.. basis.SelectMany(left => Paulis.Select(right => Tensor(left, right)))];
        return basis;
    }

    internal static PauliTransfer Of(ImmutableArray<Complex[,]> kraus, int wires)
    {
        var basis = Basis(wires);
        var entries = new double[basis.Length, basis.Length];
        foreach (var k in kraus)
        {
            for (var column = 0; column < basis.Length; column++)
            {
                var image = Conjugate(k, basis[column]);
                for (var row = 0; row < basis.Length; row++)
                    entries[row, column] += TraceOfProduct(basis[row], image) / (1 << wires);
            }
        }

        return new(entries);
    }

    private static Complex[,] Tensor(Complex[,] left, Complex[,] right)
    {
        var size = 2 * left.GetLength(0);
        var product = new Complex[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                product[row, column] = left[row >> 1, column >> 1] * right[row & 1, column & 1];
        }

        return product;
    }

    /// <summary>KQK†.</summary>
    private static Complex[,] Conjugate(Complex[,] k, Complex[,] q)
    {
        var size = k.GetLength(0);
        var image = new Complex[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                for (var a = 0; a < size; a++)
                {
                    for (var b = 0; b < size; b++)
                        image[row, column] += k[row, a] * q[a, b] * Complex.Conjugate(k[column, b]);
                }
            }
        }

        return image;
    }

    private static double TraceOfProduct(Complex[,] left, Complex[,] right)
    {
        var (size, sum) = (left.GetLength(0), Complex.Zero);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                sum += left[row, column] * right[column, row];
        }

        return sum.Real;
    }
}
