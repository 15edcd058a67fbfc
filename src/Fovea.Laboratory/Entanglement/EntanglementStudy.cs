using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;

namespace Fovea.Laboratory.Entanglement;

/// <summary>Entanglement of an ansatz's random states.</summary>
internal static class EntanglementStudy
{
    /// <summary>Samples with and without encoding.</summary>
    public static StateEntanglement Of(AnsatzSubject subject, ulong seed, SampleBudget budget, CancellationToken cancellation = default)
    {
        var (meyerWallach, entropy) = Sample(subject.WithoutEncoding(), seed, budget, cancellation);
        var (meyerWallachEncoded, entropyEncoded) = Sample(subject.WithEncoding(), seed, budget, cancellation);
        return new()
        {
            MeyerWallach = meyerWallach,
            MeyerWallachEncoded = meyerWallachEncoded,
            MeyerWallachHaar = HaarMeans.MeyerWallach(subject.Qubits),
            HalfCutEntropy = entropy,
            HalfCutEntropyEncoded = entropyEncoded,
            HalfCutEntropyHaar = HaarMeans.Entropy(1 << (subject.Qubits / 2), 1 << (subject.Qubits - (subject.Qubits / 2))),
        };
    }

    private static (Estimate MeyerWallach, Estimate Entropy) Sample(Circuit circuit, ulong seed, SampleBudget budget, CancellationToken cancellation)
    {
        var states = new RandomStates(circuit, seed);
        var (meyerWallach, entropy) = (new RunningMean(), new RunningMean());
        Span<double> lanes = stackalloc double[EnsembleState.Lanes];
        while (!budget.IsEnough(meyerWallach.Count, meyerWallach.Estimate) || !budget.IsEnough(entropy.Count, entropy.Estimate))
        {
            cancellation.ThrowIfCancellationRequested();
            var state = states.Draw(meyerWallach.Count);
            MeyerWallach.Of(state, lanes);
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                meyerWallach.Add(lanes[lane]);
                entropy.Add(HalfCut.Entropy(state, lane));
            }
        }

        return (meyerWallach.Estimate, entropy.Estimate);
    }
}
