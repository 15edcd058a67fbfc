using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Gradients;
using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;
using Fovea.Quantum.LightCones;

namespace Fovea.Laboratory.Structure;

/// <summary>What can be said of a circuit exactly.</summary>
internal static class StructureStudy
{
    // An identity keeps |0…0⟩ to rounding; a circuit that is none loses it at a random point.
    private const double Rounding = 1e-10;

    /// <summary>Studies a circuit.</summary>
    /// <param name="subject">The circuit.</param>
    /// <param name="gradients">Its derivatives at random points.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static CircuitStructure Of(AnsatzSubject subject, GradientStudy gradients, ulong seed)
    {
        var circuit = subject.WithEncoding();
        var wires = Enumerable.Range(0, circuit.WireCount);
        return new()
        {
            DeadParameters = DeadParameters.Of(circuit, gradients),
            Blocks = WireBlocks.Of(circuit),
            ConeWires = [.. circuit.Observables.Select(observable => LightCone.Of(circuit, observable).WireCount)],
            Reach = [.. wires.Select(output => (IReadOnlyList<int>)[.. Enumerable.Range(0, circuit.InputCount).Where(input => gradients.InputIsLive(output, input))])],
            IsIdentityWithoutEncoding = IsIdentity(subject.WithoutEncoding(), seed),
        };
    }

    private static bool IsIdentity(Circuit circuit, ulong seed)
    {
        var state = new RandomStates(circuit, seed).Draw(0);
        return Enumerable.Range(0, EnsembleState.Lanes).All(lane => Math.Abs(state.Amplitude(0, lane).Magnitude - 1) < Rounding);
    }
}
