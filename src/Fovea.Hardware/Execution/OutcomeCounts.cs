using System.Collections.Immutable;

namespace Fovea.Hardware.Execution;

/// <summary>How often each bit string was measured.</summary>
/// <param name="Wires">The measured wires, those that observables look at, in rising order.</param>
/// <param name="Counts">Most frequent first; letter k of a bit string belongs to <paramref name="Wires"/>[k].</param>
public sealed record OutcomeCounts(ImmutableArray<int> Wires, ImmutableArray<(string Bits, int Count)> Counts)
{
    /// <summary>Measurements in all.</summary>
    public int Shots => Counts.Sum(outcome => outcome.Count);

    /// <summary>Counts of bit masks as strings of some wires; masks that differ elsewhere only are added up.</summary>
    /// <param name="outcomes">Bit w of a mask is wire w's on the machine.</param>
    /// <param name="wires">The measured wires of the circuit.</param>
    /// <param name="places">[wire of the circuit]: its wire on the machine.</param>
    internal static OutcomeCounts Of(IReadOnlyDictionary<ulong, int> outcomes, ImmutableArray<int> wires, ImmutableArray<int> places)
    {
        string Letters(ulong bits) => string.Concat(wires.Select(wire => (bits >> places[wire] & 1) == 0 ? '0' : '1'));
        var counts = outcomes.GroupBy(outcome => Letters(outcome.Key), outcome => outcome.Value)
            .Select(group => (Bits: group.Key, Count: group.Sum()))
            .OrderByDescending(outcome => outcome.Count).ThenBy(outcome => outcome.Bits, StringComparer.Ordinal);
        return new(wires, [.. counts]);
    }
}
