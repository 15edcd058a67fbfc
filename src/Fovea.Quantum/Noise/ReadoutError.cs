namespace Fovea.Quantum.Noise;

/// <summary>
/// The confusion of one wire's measurement. In the Heisenberg picture Z becomes (1 − p₀₁ − p₁₀)·Z + (p₁₀ − p₀₁)·I.
/// </summary>
/// <param name="OneGivenZero">p₀₁: probability of reading 1 in the state |0⟩, in [0, 1].</param>
/// <param name="ZeroGivenOne">p₁₀: probability of reading 0 in the state |1⟩, in [0, 1].</param>
public readonly record struct ReadoutError(double OneGivenZero, double ZeroGivenOne)
{
    /// <summary>A perfect measurement.</summary>
    public static ReadoutError None => default;

    /// <summary>Factor on ⟨Z⟩.</summary>
    public double Contrast => 1 - OneGivenZero - ZeroGivenOne;

    /// <summary>What is added to ⟨Z⟩.</summary>
    public double Offset => ZeroGivenOne - OneGivenZero;

    /// <summary>Whether it is wrong half of the time, so that no mitigation can invert it.</summary>
    public bool IsBlind => Math.Abs(Contrast) < 1e-3;

    /// <summary>Whether the measurement is perfect.</summary>
    public bool IsNone => OneGivenZero == 0 && ZeroGivenOne == 0;
}
