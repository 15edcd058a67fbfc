using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>A rotation by a constant angle that is no quarter turn, as a map of strings.</summary>
internal sealed class ConstantRotation(PauliRotationGate rotation) : IStringMap
{
    private readonly (double Sin, double Cos) _turn = Math.SinCos(rotation.Scale);

    /// <inheritdoc/>
    public void PullBack(PauliString pauli, Action<PauliString, double> add)
    {
        if (rotation.Axis.CommutesWith(pauli))
        {
            add(pauli, 1);
            return;
        }

        var (sign, partner) = RotationCircuit.Partner(rotation.Axis, pauli);
        add(pauli, _turn.Cos);
        add(partner, sign * _turn.Sin);
    }
}
