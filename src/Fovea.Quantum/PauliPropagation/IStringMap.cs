using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>A fixed linear map of Pauli strings, in the Heisenberg picture.</summary>
internal interface IStringMap
{
    /// <summary>Hands out the strings that one becomes, with their factors.</summary>
    void PullBack(PauliString pauli, Action<PauliString, double> add);
}
