using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// The Clifford gates met so far, as one gate C behind everything else: R_P C = C R_{C†PC}, so what comes later is seen through
/// C†PC.
/// </summary>
internal sealed class CliffordFrame
{
    private readonly List<PauliRotationGate> _gates = [];

    /// <summary>Appends a quarter turn; its <see cref="PauliRotationGate.Quarters"/> are 0 to 3.</summary>
    public void Append(PauliRotationGate gate)
    {
        if (gate.Quarters > 0)
            _gates.Add(gate);
    }

    /// <summary>C†PC, the last gate first.</summary>
    public (int Sign, PauliString String) PullBack(PauliString pauli)
    {
        var sign = 1;
        for (var k = _gates.Count - 1; k >= 0; k--)
        {
            var gate = _gates[k];
            if (gate.Axis.CommutesWith(pauli))
                continue;
            if (gate.Quarters == 2)
            {
                sign = -sign;
                continue;
            }

            var (partnerSign, partner) = RotationCircuit.Partner(gate.Axis, pauli);
            sign *= gate.Quarters == 1 ? partnerSign : -partnerSign;
            pauli = partner;
        }

        return (sign, pauli);
    }

    /// <summary>C†OC.</summary>
    public Observable PullBack(Observable observable) => new(observable.Terms.Select(term =>
    {
        var (sign, pauli) = PullBack(term.Pauli);
        return new PauliTerm(sign * term.Coefficient, pauli);
    }));
}
