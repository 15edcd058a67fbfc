using System.Numerics;

namespace Fovea.Quantum.Noise;

/// <summary>
/// The usual channels. Probabilities are in [0, 1]. "Depolarizing with p" means two things in the literature, so both have a name
/// of their own here: see <see cref="DepolarizingByError"/> and <see cref="DepolarizingByMixing"/>.
/// </summary>
public static class Channels
{
    /// <summary>X with probability p.</summary>
    public static QuantumChannel BitFlip(double p) => PauliChannel($"bit-flip({p:G6})", Probability(p), 0, 0);

    /// <summary>Z with probability p.</summary>
    public static QuantumChannel PhaseFlip(double p) => PauliChannel($"phase-flip({p:G6})", 0, 0, Probability(p));

    /// <summary>Y with probability p.</summary>
    public static QuantumChannel BitPhaseFlip(double p) => PauliChannel($"bit-phase-flip({p:G6})", 0, Probability(p), 0);

    /// <summary>X, Y or Z with the probabilities given; their sum is at most 1.</summary>
    public static QuantumChannel Pauli(double px, double py, double pz) =>
        PauliChannel($"pauli({px:G6},{py:G6},{pz:G6})", Probability(px), Probability(py), Probability(pz));

    /// <summary>
    /// Depolarizing, p being the total probability of an error: each of the 4ᵏ − 1 Pauli strings other than the identity happens with
    /// p/(4ᵏ − 1). The convention of PennyLane, QuEST and qulacs. Expectation values of Paulis shrink by 1 − p·4ᵏ/(4ᵏ − 1).
    /// </summary>
    /// <param name="p">In [0, 1].</param>
    /// <param name="wires">k, 1 or 2.</param>
    public static QuantumChannel DepolarizingByError(double p, int wires = 1) => Depolarizing($"depolarizing-by-error({p:G6})", Probability(p), wires);

    /// <summary>
    /// Depolarizing, p being the weight of the completely mixed state: ρ → (1 − p)·ρ + p·I/2ᵏ. The convention of Qiskit and Nielsen and
    /// Chuang. Expectation values of Paulis shrink by 1 − p.
    /// </summary>
    /// <param name="p">In [0, 1].</param>
    /// <param name="wires">k, 1 or 2.</param>
    public static QuantumChannel DepolarizingByMixing(double p, int wires = 1)
    {
        var paulis = (1 << (2 * wires)) - 1;
        return Depolarizing($"depolarizing-by-mixing({p:G6})", Probability(p) * paulis / (paulis + 1), wires);
    }

    /// <summary>Decay to |0⟩ with probability γ: K₀ = diag(1, √(1−γ)), K₁ = √γ|0⟩⟨1|.</summary>
    public static QuantumChannel AmplitudeDamping(double gamma) => GeneralizedAmplitudeDamping(gamma, 0, $"amplitude-damping({gamma:G6})");

    /// <summary>Loss of phase without loss of energy: coherences shrink by √(1−λ).</summary>
    public static QuantumChannel PhaseDamping(double lambda) => new($"phase-damping({lambda:G6})",
        [Diagonal(1, Math.Sqrt(1 - Probability(lambda))), Diagonal(0, Math.Sqrt(lambda))]);

    /// <summary>
    /// Relaxation for a time: populations go to (1−w, w) as e^(−t/T1), coherences to zero as e^(−t/T2).
    /// </summary>
    /// <param name="t1">T1 in seconds, positive; infinity for none.</param>
    /// <param name="t2">T2 in seconds, positive, at most 2·T1; infinity for none.</param>
    /// <param name="seconds">t, not negative.</param>
    /// <param name="excitedPopulation">w, in [0, 1].</param>
    public static QuantumChannel ThermalRelaxation(double t1, double t2, double seconds, double excitedPopulation = 0)
    {
        if (!(t1 > 0) || !(t2 > 0) || !(t2 <= 2 * t1))
            throw new ArgumentOutOfRangeException(nameof(t2), $"T1 = {t1:G6} s and T2 = {t2:G6} s: both must be positive and T2 at most 2·T1");
        if (!(seconds >= 0 && seconds < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "must be a time that is not negative");
        var gamma = -Math.Exp(-seconds / t1) + 1;
        var damping = GeneralizedAmplitudeDamping(gamma, Probability(excitedPopulation), "relaxation");
        // What dephasing must add so that √(1−γ)·√(1−λ) = e^(−t/T2).
        var lambda = Math.Clamp(1 - Math.Exp((seconds / t1) - (2 * seconds / t2)), 0, 1);
        return new($"thermal-relaxation({seconds * 1e9:G6} ns)", damping.Then(PhaseDamping(lambda)).Kraus);
    }

    /// <summary>A systematic rotation exp(−iεP/2) about a Pauli string of one or two wires, "X" or "ZZ": a coherent error.</summary>
    /// <param name="axis">One or two letters of I, X, Y, Z.</param>
    /// <param name="radians">ε.</param>
    public static QuantumChannel OverRotation(string axis, double radians)
    {
        ArgumentNullException.ThrowIfNull(axis);
        if (axis.Length is not (1 or 2) || axis.Any(letter => !"IXYZ".Contains(letter, StringComparison.Ordinal)))
            throw new ArgumentException($"'{axis}' is not one or two of the letters I, X, Y, Z", nameof(axis));
        if (!double.IsFinite(radians))
            throw new ArgumentOutOfRangeException(nameof(radians), radians, "must be finite");
        var pauli = PauliTransfer.Basis(axis.Length)[axis.Aggregate(0, (index, letter) => (4 * index) + "IXYZ".IndexOf(letter, StringComparison.Ordinal))];
        var size = pauli.GetLength(0);
        var rotation = new Complex[size, size];
        var (sin, cos) = Math.SinCos(radians / 2);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                rotation[row, column] = (row == column ? cos : 0) - (Complex.ImaginaryOne * sin * pauli[row, column]);
        }

        return new($"over-rotation({axis},{radians:G6})", [rotation]);
    }

    private static QuantumChannel PauliChannel(string name, double px, double py, double pz)
    {
        var rest = 1 - px - py - pz;
        // Three probabilities of a third each may add up to a little more than one.
        if (rest < -1e-12)
            throw new ArgumentException($"channel {name}: the probabilities sum to {px + py + pz:G6}, more than 1");
        double[] weights = [Math.Max(rest, 0), px, py, pz];
        return new(name, weights.Select((weight, k) => Scaled(PauliTransfer.Basis(1)[k], weight)));
    }

    private static QuantumChannel Depolarizing(string name, double p, int wires)
    {
        if (wires is not (1 or 2))
            throw new ArgumentOutOfRangeException(nameof(wires), wires, "must be 1 or 2");
        var basis = PauliTransfer.Basis(wires);
        return new(name, basis.Select((pauli, k) => Scaled(pauli, k == 0 ? 1 - p : p / (basis.Length - 1))));
    }

    private static QuantumChannel GeneralizedAmplitudeDamping(double gamma, double excited, string name)
    {
        if (Probability(gamma) == 0)
            return new(name, [Diagonal(1, 1)]);
        var keep = Math.Sqrt(1 - gamma);
        var (down, up) = (Math.Sqrt(1 - excited), Math.Sqrt(excited));
        return new(name,
        [
            Diagonal(down, down * keep),
            new Complex[,] { { 0, down * Math.Sqrt(gamma) }, { 0, 0 } },
            Diagonal(up * keep, up),
            new Complex[,] { { 0, 0 }, { up * Math.Sqrt(gamma), 0 } },
        ]);
    }

    private static double Probability(double p) =>
        p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), p, "must be a probability, from 0 to 1");

    private static Complex[,] Diagonal(double first, double second) => new Complex[,] { { first, 0 }, { 0, second } };

    private static Complex[,] Scaled(Complex[,] matrix, double probability)
    {
        var (size, factor) = (matrix.GetLength(0), Math.Sqrt(probability));
        var scaled = new Complex[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                scaled[row, column] = factor * matrix[row, column];
        }

        return scaled;
    }
}
