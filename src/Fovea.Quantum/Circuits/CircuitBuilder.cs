namespace Fovea.Quantum.Circuits;

/// <summary>
/// Builds a <see cref="Circuit"/> gate by gate; every method returns the builder. Angles come first, wires last, the
/// control before the target.
/// </summary>
public sealed class CircuitBuilder
{
    private readonly int _wireCount;
    private readonly List<Operation> _operations = [];
    private int _inputCount;
    private int _weightCount;
    private StatePreparation _preparation;

    /// <summary>Starts an empty circuit.</summary>
    /// <param name="wireCount">Number of wires, 1 to <see cref="Circuit.MaxWires"/>.</param>
    public CircuitBuilder(int wireCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wireCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wireCount, Circuit.MaxWires);
        _wireCount = wireCount;
    }

    /// <summary>Number of wires.</summary>
    public int WireCount => _wireCount;

    /// <summary>Weights used so far: one more than the highest index.</summary>
    public int WeightCount => _weightCount;

    /// <summary>Inputs used so far: one more than the highest index.</summary>
    public int InputCount => _inputCount;

    /// <summary>A weight no gate has used yet, numbered after all the others.</summary>
    public Angle NewWeight() => Angle.Weight(_weightCount++);

    /// <summary>The circuit so far, measured by Z on every wire unless <paramref name="observables"/> says otherwise.</summary>
    public Circuit Build(IEnumerable<Observable>? observables = null) =>
        new(_wireCount, _inputCount, _weightCount, _operations, observables, _preparation);

    /// <summary>
    /// Starts the circuit from the first 2^wires inputs as amplitudes (<see cref="StatePreparation.Amplitudes"/>) instead of |0…0⟩.
    /// </summary>
    /// <exception cref="InvalidOperationException">A gate is there already, or there are too many wires.</exception>
    public CircuitBuilder PrepareAmplitudes()
    {
        if (_operations.Count > 0)
            throw new InvalidOperationException("amplitudes are prepared before the first gate");
        if (_wireCount > Circuit.MaxAmplitudeWires)
            throw new InvalidOperationException($"amplitude encoding takes up to {Circuit.MaxAmplitudeWires} wires, not {_wireCount}");
        _preparation = StatePreparation.Amplitudes;
        _inputCount = Math.Max(_inputCount, 1 << _wireCount);
        return this;
    }

    /// <summary>Appends any gate.</summary>
    /// <exception cref="ArgumentException">A wire outside the circuit, or wires or angle that do not fit the gate.</exception>
    public CircuitBuilder Append(GateKind kind, Angle? angle, params ReadOnlySpan<int> wires)
    {
        var operation = new Operation(kind, wires, angle);
        foreach (var wire in operation.Wires)
        {
            if (wire >= _wireCount)
                throw new ArgumentException($"{operation}: wire {wire} is outside 0..{_wireCount - 1}", nameof(wires));
        }

        if (angle is { Source: AngleSource.Weight } weight)
            _weightCount = Math.Max(_weightCount, weight.Index + 1);
        if (angle is { Source: AngleSource.Input } input)
            _inputCount = Math.Max(_inputCount, input.Index + 1);
        if (angle is { Source: AngleSource.InputProduct } product)
            _inputCount = Math.Max(_inputCount, Math.Max(product.Index, product.SecondIndex) + 1);
        _operations.Add(operation);
        return this;
    }

    /// <summary>Identity.</summary>
    public CircuitBuilder I(int wire) => Append(GateKind.I, null, wire);

    /// <summary>Pauli X.</summary>
    public CircuitBuilder X(int wire) => Append(GateKind.X, null, wire);

    /// <summary>Pauli Y.</summary>
    public CircuitBuilder Y(int wire) => Append(GateKind.Y, null, wire);

    /// <summary>Pauli Z.</summary>
    public CircuitBuilder Z(int wire) => Append(GateKind.Z, null, wire);

    /// <summary>Hadamard.</summary>
    public CircuitBuilder H(int wire) => Append(GateKind.H, null, wire);

    /// <summary>diag(1, i).</summary>
    public CircuitBuilder S(int wire) => Append(GateKind.S, null, wire);

    /// <summary>diag(1, e^{iπ/4}).</summary>
    public CircuitBuilder T(int wire) => Append(GateKind.T, null, wire);

    /// <summary>Square root of X.</summary>
    public CircuitBuilder SX(int wire) => Append(GateKind.SX, null, wire);

    /// <summary>exp(−iθX/2).</summary>
    public CircuitBuilder RX(Angle angle, int wire) => Append(GateKind.RX, angle, wire);

    /// <summary>exp(−iθY/2).</summary>
    public CircuitBuilder RY(Angle angle, int wire) => Append(GateKind.RY, angle, wire);

    /// <summary>exp(−iθZ/2).</summary>
    public CircuitBuilder RZ(Angle angle, int wire) => Append(GateKind.RZ, angle, wire);

    /// <summary>RZ(ω)·RY(θ)·RZ(φ): three operations, φ acting first.</summary>
    public CircuitBuilder Rot(Angle phi, Angle theta, Angle omega, int wire) =>
        RZ(phi, wire).RY(theta, wire).RZ(omega, wire);

    /// <summary>
    /// U3(θ, φ, λ) = [[cos θ/2, −e^{iλ} sin θ/2], [e^{iφ} sin θ/2, e^{i(φ+λ)} cos θ/2]]: three operations, λ acting first.
    /// </summary>
    public CircuitBuilder U3(Angle theta, Angle phi, Angle lambda, int wire) =>
        Phase(lambda, wire).RY(theta, wire).Phase(phi, wire);

    /// <summary>diag(1, e^{iθ}).</summary>
    public CircuitBuilder Phase(Angle angle, int wire) => Append(GateKind.Phase, angle, wire);

    /// <summary>Controlled X.</summary>
    public CircuitBuilder CNOT(int control, int target) => Append(GateKind.CNOT, null, control, target);

    /// <summary>Controlled Y.</summary>
    public CircuitBuilder CY(int control, int target) => Append(GateKind.CY, null, control, target);

    /// <summary>Controlled Z.</summary>
    public CircuitBuilder CZ(int control, int target) => Append(GateKind.CZ, null, control, target);

    /// <summary>Exchange of two wires.</summary>
    public CircuitBuilder SWAP(int first, int second) => Append(GateKind.SWAP, null, first, second);

    /// <summary>Controlled RX.</summary>
    public CircuitBuilder CRX(Angle angle, int control, int target) => Append(GateKind.CRX, angle, control, target);

    /// <summary>Controlled RY.</summary>
    public CircuitBuilder CRY(Angle angle, int control, int target) => Append(GateKind.CRY, angle, control, target);

    /// <summary>Controlled RZ.</summary>
    public CircuitBuilder CRZ(Angle angle, int control, int target) => Append(GateKind.CRZ, angle, control, target);

    /// <summary>diag(1, 1, 1, e^{iθ}).</summary>
    public CircuitBuilder ControlledPhase(Angle angle, int control, int target) =>
        Append(GateKind.ControlledPhase, angle, control, target);

    /// <summary>exp(−iθ X⊗X/2).</summary>
    public CircuitBuilder RXX(Angle angle, int first, int second) => Append(GateKind.RXX, angle, first, second);

    /// <summary>exp(−iθ Y⊗Y/2).</summary>
    public CircuitBuilder RYY(Angle angle, int first, int second) => Append(GateKind.RYY, angle, first, second);

    /// <summary>exp(−iθ Z⊗Z/2).</summary>
    public CircuitBuilder RZZ(Angle angle, int first, int second) => Append(GateKind.RZZ, angle, first, second);

    /// <summary>X on <paramref name="target"/> where both controls are 1.</summary>
    public CircuitBuilder Toffoli(int control, int secondControl, int target) =>
        Append(GateKind.Toffoli, null, control, secondControl, target);
}
