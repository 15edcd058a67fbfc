using Fovea.Core.Errors;
using Fovea.Laboratory.Circuits;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory;

/// <summary>Which circuits the laboratory takes.</summary>
public static class SubjectRules
{
    /// <summary>Fewest qubits: with one there is nothing to entangle.</summary>
    public const int MinQubits = 2;

    /// <summary>Most qubits: whole states are simulated.</summary>
    public const int MaxQubits = 14;

    /// <summary>Most layers.</summary>
    public const int MaxLayers = 50;

    /// <summary>Checks one circuit.</summary>
    /// <exception cref="InputException">It is not accepted; one line with the rule.</exception>
    public static void Check(AnsatzSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Qubits is < MinQubits or > MaxQubits)
            throw new InputException($"--qubits {subject.Qubits} is not allowed; allowed: {MinQubits} to {MaxQubits}");
        if (subject.Layers is < 1 or > MaxLayers)
            throw new InputException($"--layers {subject.Layers} is not allowed; allowed: 1 to {MaxLayers}");
        if (subject.Encoding == InputEncoding.Amplitude)
            throw new InputException("--encoding amplitude is not allowed: the laboratory takes one input a qubit; allowed: X, Y, Z, iqp");
        if (!subject.Ansatz.Wires.Allows(subject.Qubits))
            throw new InputException($"--qubits {subject.Qubits} is not allowed: {subject.Ansatz.Name} takes {subject.Ansatz.Wires.Text}");
        if (subject.Ansatz.WeightCount(subject.Qubits, subject.Layers) == 0)
            throw new InputException($"ansatz {subject.Ansatz.Name} has no parameters at {subject.Qubits} qubits: there is nothing to train");
    }
}
