using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;

namespace Fovea.Laboratory.Expressibility;

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
    public static StateExpressibility? Of(AnsatzSubject subject, ulong seed, int pairs, CancellationToken cancellation = default) => subject.Qubits > MaxQubits ? null : new()
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
