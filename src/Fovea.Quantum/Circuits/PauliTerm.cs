using System.Globalization;

namespace Fovea.Quantum.Circuits;

/// <summary>A real multiple of a Pauli string.</summary>
/// <param name="Coefficient">The factor.</param>
/// <param name="Pauli">The Pauli string.</param>
public readonly record struct PauliTerm(double Coefficient, PauliString Pauli)
{
    /// <summary>"Z0", "-X0*Y1", "0.5*X0*Y1".</summary>
    public override string ToString() => Coefficient switch
    {
        1 => $"{Pauli}",
        -1 => $"-{Pauli}",
        _ => $"{Coefficient.ToString("R", CultureInfo.InvariantCulture)}*{Pauli}",
    };
}
