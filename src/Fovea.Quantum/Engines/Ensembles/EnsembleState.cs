using System.Numerics;
using System.Runtime.Intrinsics;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Ensembles;

/// <summary>
/// State vectors of <see cref="Lanes"/> circuits at once, one in each SIMD lane, with their own angles and their own luck under noise. Gates
/// on one wire are held back and multiplied together until another gate needs the wire. Wire 0 is the most significant bit.
/// </summary>
public sealed unsafe class EnsembleState
{
    /// <summary>States held together.</summary>
    public const int Lanes = 8;

    private readonly LaneMemory<Vector512<double>> _memory;
    private readonly Planes<Vector512<double>> _planes;
    private readonly LaneMatrix[] _pending;
    private readonly PendingKind[] _kinds;
    private readonly int _size;

    /// <summary>States |0…0⟩ of some wires, at most <see cref="StateVectorMemory.MaxWires"/>.</summary>
    public EnsembleState(int wireCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wireCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wireCount, StateVectorMemory.MaxWires);
        (WireCount, _size) = (wireCount, 1 << wireCount);
        _memory = new LaneMemory<Vector512<double>>(2L * _size);
        _planes = _memory.TakePlanes(_size);
        (_pending, _kinds) = (new LaneMatrix[wireCount], new PendingKind[wireCount]);
        Reset();
    }

    private enum PendingKind
    {
        None,
        Unitary,

        // Changes what is seen of the other wires: it can't wait while they are looked at.
        Measuring,
    }

    /// <summary>Number of wires.</summary>
    public int WireCount { get; }

    /// <summary>Back to |0…0⟩ in every lane.</summary>
    public void Reset()
    {
        new Span<Vector512<double>>(_planes.Re, _size).Clear();
        new Span<Vector512<double>>(_planes.Im, _size).Clear();
        _planes.Re[0] = Vector512<double>.One;
        Array.Clear(_kinds);
    }

    /// <summary>The amplitude of a basis state in one lane.</summary>
    public Complex Amplitude(int index, int lane)
    {
        Flush();
        return new(_planes.Re[index][lane], _planes.Im[index][lane]);
    }

    /// <summary>⟨Z⟩ of every wire.</summary>
    /// <param name="values">[wire, lane], overwritten.</param>
    public void Expectations(Span<double> values)
    {
        for (var wire = 0; wire < WireCount; wire++)
        {
            var reduced = Reduced(wire);
            (reduced.M00.Real - reduced.M11.Real).CopyTo(values[(wire * Lanes)..]);
        }
    }

    /// <summary>Tr ρ² of one wire.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="values">[lane], overwritten.</param>
    public void Purity(int wire, Span<double> values)
    {
        var r = Reduced(wire);
        var cross = (r.M01.Real * r.M01.Real) + (r.M01.Imaginary * r.M01.Imaginary);
        ((r.M00.Real * r.M00.Real) + (r.M11.Real * r.M11.Real) + cross + cross).CopyTo(values);
    }

    /// <summary>|⟨other|this⟩|², lane by lane.</summary>
    /// <param name="other">States of as many wires.</param>
    /// <param name="values">[lane], overwritten.</param>
    public void Fidelity(EnsembleState other, Span<double> values)
    {
        ArgumentNullException.ThrowIfNull(other);
        Flush();
        other.Flush();
        var sum = LaneNumber.Zero;
        for (var index = 0; index < _size; index++)
            sum += other.At(index).Conjugate() * At(index);
        ((sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary)).CopyTo(values);
    }

    /// <summary>A gate on one wire.</summary>
    internal void Apply(int wire, LaneMatrix matrix, bool isUnitary = true)
    {
        _pending[wire] = _kinds[wire] == PendingKind.None ? matrix : matrix * _pending[wire];
        if (!isUnitary || _kinds[wire] == PendingKind.None)
            _kinds[wire] = isUnitary ? PendingKind.Unitary : PendingKind.Measuring;
    }

    /// <summary>A gate on one wire where all controls are 1.</summary>
    /// <param name="controls">The controls, at least one.</param>
    /// <param name="wire">The target.</param>
    /// <param name="matrix">The gate.</param>
    internal void ApplyControlled(ReadOnlySpan<int> controls, int wire, LaneMatrix matrix)
    {
        var mask = 0;
        foreach (var control in controls)
        {
            Flush(control);
            mask |= Bit(control);
        }

        Flush(wire);
        EnsembleKernel.Apply(_planes, _size, Bit(wire), mask, matrix);
    }

    /// <summary>exp(−iαP/2) for a Pauli string P on two wires.</summary>
    /// <param name="first">One wire.</param>
    /// <param name="second">The other.</param>
    /// <param name="flips">Whether P is X⊗X or Y⊗Y; otherwise it is Z⊗Z.</param>
    /// <param name="sign">Of ⟨11|P|00⟩ where P flips: 1 for X⊗X, −1 for Y⊗Y.</param>
    /// <param name="cos">cos α/2.</param>
    /// <param name="sin">sin α/2.</param>
    internal void ApplyPauliPair(int first, int second, bool flips, int sign, Vector512<double> cos, Vector512<double> sin)
    {
        Flush(first);
        Flush(second);
        if (flips)
            EnsembleKernel.TurnPair(_planes, _size, Bit(first), Bit(second), sign, cos, sin);
        else
            EnsembleKernel.TurnPhases(_planes, _size, Bit(first) | Bit(second), cos, sin);
    }

    internal void Swap(int first, int second)
    {
        (_pending[first], _pending[second]) = (_pending[second], _pending[first]);
        (_kinds[first], _kinds[second]) = (_kinds[second], _kinds[first]);
        EnsembleKernel.Swap(_planes, _size, Bit(first), Bit(second));
    }

    /// <summary>The density matrix of one wire, M01 = ⟨0|ρ|1⟩.</summary>
    internal LaneMatrix Reduced(int wire)
    {
        for (var other = 0; other < WireCount; other++)
        {
            if (other != wire && _kinds[other] == PendingKind.Measuring)
                Flush(other);
        }

        var stored = EnsembleKernel.Reduced(_planes, _size, Bit(wire));
        return _kinds[wire] == PendingKind.None ? stored : _pending[wire] * stored * _pending[wire].Adjoint();
    }

    private void Flush()
    {
        for (var wire = 0; wire < WireCount; wire++)
            Flush(wire);
    }

    private void Flush(int wire)
    {
        if (_kinds[wire] == PendingKind.None)
            return;
        EnsembleKernel.Apply(_planes, _size, Bit(wire), 0, _pending[wire]);
        _kinds[wire] = PendingKind.None;
    }

    private LaneNumber At(int index) => new(_planes.Re[index], _planes.Im[index]);

    private int Bit(int wire) => 1 << (WireCount - 1 - wire);
}
