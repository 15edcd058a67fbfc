using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>Fidelities between pairs of random states, held against those of Haar-random states.</summary>
internal static class ExpressibilityStudy
{
    /// <summary>Most qubits: beyond, nearly all fidelities fall into the first bin.</summary>
    public const int MaxQubits = 6;

    /// <summary>Bins of [0, 1], as usual since Sim et al.</summary>
    public const int Bins = 75;

    /// <summary>Samples with and without encoding, or null for more than <see cref="MaxQubits"/>.</summary>
    /// <param name="subject">The circuit.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="pairs">Pairs of states, a multiple of the lanes of an ensemble.</param>
    /// <param name="cancellation">Stops it between pairs.</param>
    public static StateExpressibility? Measure(AnsatzSubject subject, ulong seed, int pairs, CancellationToken cancellation = default) =>
        subject.Qubits > MaxQubits ? null : new()
        {
            Divergence = Sample(subject.WithoutEncoding(), seed, pairs, cancellation),
            DivergenceEncoded = Sample(subject.WithEncoding(), seed, pairs, cancellation),
            Floor = new FidelityHistogram(Bins, subject.Qubits).ExpectedDivergence(pairs),
            Bins = Bins,
        };

    private static Estimate Sample(Circuit circuit, ulong seed, int pairs, CancellationToken cancellation)
    {
        // Two samplers, so that a pair is two states of one draw number: the second has a seed of its own.
        var (left, right) = (new RandomStates(circuit, seed), new RandomStates(circuit, ~seed));
        var histogram = new FidelityHistogram(Bins, circuit.WireCount);
        Span<double> fidelities = stackalloc double[EnsembleState.Lanes];
        for (var first = 0; first < pairs; first += EnsembleState.Lanes)
        {
            cancellation.ThrowIfCancellationRequested();
            left.Draw(first).Fidelity(right.Draw(first), fidelities);
            foreach (var fidelity in fidelities)
                histogram.Add(fidelity);
        }

        return histogram.Divergence();
    }
}

/// <summary>A histogram of fidelities and its divergence from that of Haar-random states, whose density is (N − 1)(1 − F)^(N − 2), N = 2ⁿ.</summary>
/// <param name="bins">Equal bins of [0, 1].</param>
/// <param name="wires">n.</param>
internal sealed class FidelityHistogram(int bins, int wires)
{
    private readonly int[] _counts = new int[bins];
    private int _total;

    /// <summary>One more pair.</summary>
    public void Add(double fidelity)
    {
        _counts[Math.Clamp((int)(fidelity * bins), 0, bins - 1)]++;
        _total++;
    }

    /// <summary>Σ p ln(p/q), with the standard error that the counts' multinomial spread gives it.</summary>
    public Estimate Divergence()
    {
        var (sum, squares) = (0.0, 0.0);
        for (var bin = 0; bin < bins; bin++)
        {
            var share = _counts[bin] / (double)_total;
            if (share == 0)
                continue;
            var log = Math.Log(share) - LogHaar(bin);
            sum += share * log;
            squares += share * log * log;
        }

        return new(sum, Math.Sqrt(Math.Max(0, squares - (sum * sum)) / _total), _total);
    }

    /// <summary>
    /// Mean of <see cref="Divergence"/> over histograms of Haar-random states: Σ E[k/m ln(k/(m·q))] over the bins, whose counts k are
    /// binomial with the bin's Haar probability q. The usual (bins − 1)/(2m) holds only where every bin holds many pairs, which from
    /// three qubits on the bins of high fidelity do not.
    /// </summary>
    /// <param name="pairs">m, at least 1.</param>
    public double ExpectedDivergence(int pairs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs);
        var factorials = new double[pairs + 1];
        for (var k = 1; k <= pairs; k++)
            factorials[k] = factorials[k - 1] + Math.Log(k);
        var sum = 0.0;
        for (var bin = 0; bin < bins; bin++)
        {
            var log = LogHaar(bin);
            var logRest = Math.Log(-Math.Exp(log) + 1);
            for (var k = 1; k <= pairs; k++)
            {
                // A bin that is certain has no rest: 0·ln 0 is 0.
                var rest = k == pairs ? 0 : (pairs - k) * logRest;
                var probability = Math.Exp(factorials[pairs] - factorials[k] - factorials[pairs - k] + (k * log) + rest);
                sum += probability * k / pairs * (Math.Log(k / (double)pairs) - log);
            }
        }

        return sum;
    }

    /// <summary>ln of the Haar probability of a bin, (1 − a)^(N−1) − (1 − b)^(N−1), without cancellation or underflow.</summary>
    private double LogHaar(int bin)
    {
        var power = (1 << wires) - 1;
        var (low, high) = (1 - (bin / (double)bins), 1 - ((bin + 1) / (double)bins));
        var head = power * Math.Log(low);
        return high <= 0 ? head : head + Math.Log(1 - Math.Pow(high / low, power));
    }
}
