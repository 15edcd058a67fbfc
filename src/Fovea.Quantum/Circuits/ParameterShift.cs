namespace Fovea.Quantum.Circuits;

/// <summary>
/// Exact derivatives of an expectation value by evaluating the circuit at shifted angles (Wierichs et al. 2022,
/// arXiv 2107.12390): two terms where the generator has one eigenvalue gap, four where it has the gaps ½ and 1
/// (controlled rotations; Anselmetti et al. 2021, arXiv 2104.05695).
/// </summary>
public static class ParameterShift
{
    private static readonly (double, double)[] TwoTerm = [(Math.PI / 2, 0.5), (-Math.PI / 2, -0.5)];

    private static readonly (double, double)[] FourTerm =
    [
        (Math.PI / 2, (Math.Sqrt(2) + 1) / (4 * Math.Sqrt(2))),
        (-Math.PI / 2, -(Math.Sqrt(2) + 1) / (4 * Math.Sqrt(2))),
        (3 * Math.PI / 2, -(Math.Sqrt(2) - 1) / (4 * Math.Sqrt(2))),
        (-3 * Math.PI / 2, (Math.Sqrt(2) - 1) / (4 * Math.Sqrt(2))),
    ];

    /// <summary>The rule of a gate: df/dθ = Σ coefficient · f(θ + shift).</summary>
    public static IReadOnlyList<(double Shift, double Coefficient)> Rule(GateKind kind)
    {
        var info = GateInfo.Of(kind);
        if (!info.HasAngle)
            throw new ArgumentException($"{kind} has no angle to shift", nameof(kind));
        return info.IsControlledRotation ? FourTerm : TwoTerm;
    }
}
