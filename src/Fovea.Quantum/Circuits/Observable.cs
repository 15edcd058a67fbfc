namespace Fovea.Quantum.Circuits;

/// <summary>A measured quantity: Pauli Z on one wire, with value +1 for |0⟩ and −1 for |1⟩.</summary>
public readonly record struct Observable
{
    private Observable(int wire) => Wire = wire;

    /// <summary>The measured wire.</summary>
    public int Wire { get; }

    /// <summary>Pauli Z on <paramref name="wire"/>.</summary>
    public static Observable Z(int wire)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wire);
        return new Observable(wire);
    }

    /// <summary>"Z0" and so on.</summary>
    public override string ToString() => $"Z{Wire}";
}
