using System.Collections.Immutable;
using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// Readout errors taken into an observable: on each measured wire P becomes contrast · P + offset. X and Y are measured as Z behind
/// a change of basis, so that they are read with the same errors.
/// </summary>
internal static class ReadoutPullBack
{
    /// <summary>The observable that a perfect measurement would have to read.</summary>
    public static Observable Apply(Observable observable, ImmutableArray<ReadoutError> readout) =>
        new(observable.Terms.SelectMany(term => Expand(term, readout)));

    private static IEnumerable<PauliTerm> Expand(PauliTerm term, ImmutableArray<ReadoutError> readout)
    {
        List<PauliTerm> terms = [term];
        for (var mask = term.Pauli.Support; mask != 0; mask &= mask - 1)
        {
            var wire = BitOperations.TrailingZeroCount(mask);
            if (readout[wire].IsNone)
                continue;
            var bit = 1UL << wire;
            terms = [.. terms.SelectMany(t => new[]
            {
                t with { Coefficient = t.Coefficient * readout[wire].Contrast },
                new PauliTerm(t.Coefficient * readout[wire].Offset, new(t.Pauli.X & ~bit, t.Pauli.Z & ~bit)),
            })];
        }

        return terms.Where(t => t.Coefficient != 0).DefaultIfEmpty(new PauliTerm(0, PauliString.Identity));
    }
}
