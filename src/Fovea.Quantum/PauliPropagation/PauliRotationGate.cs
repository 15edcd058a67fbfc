using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>exp(−iαP/2) with α = <paramref name="Factor"/> times the value of <paramref name="Angle"/>.</summary>
/// <param name="Axis">The Pauli string P.</param>
/// <param name="Angle">The angle of the gate that this comes from.</param>
/// <param name="Factor">Factor on that angle.</param>
internal readonly record struct PauliRotationGate(PauliString Axis, Angle Angle, double Factor)
{
    private const double QuarterTolerance = 1e-15;

    /// <summary>Whether α differs from sample to sample.</summary>
    public bool IsInput => Angle.Source is AngleSource.Input or AngleSource.InputProduct;

    /// <summary>
    /// Quarter turns, 0 to 3, when α is a constant multiple of π/2, so that this is a Clifford gate; −1 otherwise.
    /// </summary>
    public int Quarters
    {
        get
        {
            if (Angle.Source != AngleSource.Constant)
                return -1;
            var turns = Factor * Angle.Scale / (Math.PI / 2);
            var whole = Math.Round(turns);
            return Math.Abs(turns - whole) <= QuarterTolerance * Math.Max(1, Math.Abs(turns)) ? (int)(((whole % 4) + 4) % 4) : -1;
        }
    }

    /// <summary>Factor on the weight, the input or the product of inputs in α; for a constant, α itself.</summary>
    public double Scale => Factor * Angle.Scale;
}
