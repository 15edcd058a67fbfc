using System.Collections.Immutable;
using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.LightCones;

/// <summary>The gates and wires that an observable can see; all others can be left out without changing its expectation value.</summary>
/// <param name="Operations">Indices of the gates in time order.</param>
/// <param name="Wires">The wires of those gates and of the observable, as a mask.</param>
public sealed record LightCone(ImmutableArray<int> Operations, ulong Wires)
{
    /// <summary>
    /// Walks the gates from the last to the first and keeps, for every wire, which Pauli operators the pulled-back observable
    /// may have there. A gate stays out when all its Pauli rotations commute with everything that may be there: gates beside
    /// the cone, and inside it, say, a CZ before a Z measurement. The cone is never too small; it can be larger than the exact
    /// Pauli support where contributions cancel.
    /// </summary>
    public static LightCone Trace(Circuit circuit, Observable observable)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(observable);
        var reach = new Reach();
        foreach (var term in observable.Terms)
            reach.Add(term.Pauli);
        var operations = new List<int>();
        for (var index = circuit.Operations.Length - 1; index >= 0; index--)
        {
            if (reach.PullBack(GateRotations.Of(circuit.Operations[index])))
                operations.Add(index);
        }

        operations.Reverse();
        var wires = operations.Aggregate(
            observable.Support, (mask, index) => circuit.Operations[index].Wires.Aggregate(mask, (m, wire) => m | (1UL << wire)));
        return new([.. operations], wires);
    }

    /// <summary>Which of X, Y and Z may stand on each wire, as three masks.</summary>
    private sealed class Reach
    {
        private ulong _x;
        private ulong _y;
        private ulong _z;

        public void Add(PauliString pauli)
        {
            _x |= pauli.X & ~pauli.Z;
            _y |= pauli.X & pauli.Z;
            _z |= pauli.Z & ~pauli.X;
        }

        /// <summary>Pulls back through one gate; false when it has no effect.</summary>
        public bool PullBack(IReadOnlyList<PauliRotationGate> rotations)
        {
            var acts = false;
            for (var k = rotations.Count - 1; k >= 0; k--)
            {
                if (!MayAnticommute(rotations[k].Axis))
                    continue;
                acts = true;
                Multiply(rotations[k].Axis);
            }

            return acts;
        }

        private bool MayAnticommute(PauliString axis)
        {
            var (x, y, z) = Parts(axis);
            return ((x & (_y | _z)) | (y & (_z | _x)) | (z & (_x | _y))) != 0;
        }

        /// <summary>On each wire of the axis its operator, and the products with it, may now stand beside what stood there.</summary>
        private void Multiply(PauliString axis)
        {
            var (x, y, z) = Parts(axis);
            var (oldX, oldY, oldZ) = (_x, _y, _z);
            _x |= x | (y & oldZ) | (z & oldY);
            _y |= y | (z & oldX) | (x & oldZ);
            _z |= z | (x & oldY) | (y & oldX);
        }

        private static (ulong X, ulong Y, ulong Z) Parts(PauliString axis) =>
            (axis.X & ~axis.Z, axis.X & axis.Z, axis.Z & ~axis.X);
    }

    /// <summary>Number of wires.</summary>
    public int WireCount => BitOperations.PopCount(Wires);
}
