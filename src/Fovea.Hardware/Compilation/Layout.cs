namespace Fovea.Hardware.Compilation;

/// <summary>Which qubit each logical wire is on.</summary>
internal sealed class Layout
{
    private readonly int[] _qubits;
    private readonly int[] _wires;

    /// <param name="qubits">[logical wire]: distinct.</param>
    /// <param name="qubitCount">Qubits of the device.</param>
    public Layout(IEnumerable<int> qubits, int qubitCount)
    {
        _qubits = [.. qubits];
        _wires = new int[qubitCount];
        Array.Fill(_wires, -1);
        for (var wire = 0; wire < _qubits.Length; wire++)
            _wires[_qubits[wire]] = wire;
    }

    /// <summary>[logical wire].</summary>
    public ReadOnlySpan<int> Qubits => _qubits;

    public Layout Copy() => new(_qubits, _wires.Length);

    /// <summary>Exchanges what two qubits hold, which may be nothing.</summary>
    public void Swap(int first, int second)
    {
        (_wires[first], _wires[second]) = (_wires[second], _wires[first]);
        foreach (var qubit in new[] { first, second })
        {
            if (_wires[qubit] >= 0)
                _qubits[_wires[qubit]] = qubit;
        }
    }

    /// <summary>Where a wire on <paramref name="qubit"/> is after a SWAP of two qubits.</summary>
    public static int Moved(int qubit, int first, int second) => qubit == first ? second : qubit == second ? first : qubit;
}
