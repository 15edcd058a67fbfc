using System.Collections.Immutable;
using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Noise;

/// <summary>A circuit with channels between its gates and readout errors at its end. Channels that do nothing are left out.</summary>
public sealed class NoisyCircuit
{
    /// <summary>Puts noise into a circuit.</summary>
    /// <param name="circuit">The gates; what is measured does not change.</param>
    /// <param name="channels">Channels in any order of positions; those of equal position act in their order here.</param>
    /// <param name="readout">[wire]; null or empty for perfect measurements.</param>
    /// <exception cref="ArgumentException">A position, wire or number of wires that does not fit; the message names the channel.</exception>
    public NoisyCircuit(Circuit circuit, IEnumerable<ChannelInsertion> channels, IReadOnlyList<ReadoutError>? readout = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(channels);
        Circuit = circuit;
        Channels = [.. channels.Select(Checked).Where(insertion => !insertion.Channel.IsIdentity).OrderBy(insertion => insertion.Position)];
        Readout = readout is null or { Count: 0 } ? [.. Enumerable.Repeat(ReadoutError.None, circuit.WireCount)] : [.. readout];
        if (Readout.Length != circuit.WireCount)
            throw new ArgumentException($"there are {Readout.Length} readout errors for {circuit.WireCount} wires", nameof(readout));
        foreach (var (p01, p10) in Readout)
        {
            if (!(p01 is >= 0 and <= 1 && p10 is >= 0 and <= 1))
                throw new ArgumentException($"readout probabilities ({p01}, {p10}) are outside [0, 1]", nameof(readout));
        }
    }

    /// <summary>The gates and observables.</summary>
    public Circuit Circuit { get; }

    /// <summary>The channels by position.</summary>
    public ImmutableArray<ChannelInsertion> Channels { get; }

    /// <summary>[wire].</summary>
    public ImmutableArray<ReadoutError> Readout { get; }

    /// <summary>Channels and imperfect measurements.</summary>
    public int NoiseCount => Channels.Length + Readout.Count(error => !error.IsNone);

    /// <summary>Gates and channels in the order of time.</summary>
    internal IEnumerable<NoisyStep> Steps
    {
        get
        {
            var next = 0;
            for (var position = 0; position <= Circuit.Operations.Length; position++)
            {
                for (; next < Channels.Length && Channels[next].Position == position; next++) yield return new(Channels[next], position);
                if (position < Circuit.Operations.Length) yield return new(null, position);
            }
        }
    }

    /// <summary>What a measurement says of bits: each wire's flips by the wrongness of its readout.</summary>
    /// <param name="bits">A bit a wire, wire 0 the lowest.</param>
    /// <param name="random">One number is drawn for each wire that may be misread.</param>
    public ulong Misread(ulong bits, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var wire = 0; wire < Readout.Length; wire++)
        {
            var flip = (bits >> wire & 1) == 0 ? Readout[wire].OneGivenZero : Readout[wire].ZeroGivenOne;
            if (flip > 0 && random.NextDouble() < flip)
                bits ^= 1UL << wire;
        }

        return bits;
    }

    /// <summary>The value of a product of Z that a bit string gives.</summary>
    /// <param name="support">The wires of the product, wire 0 the lowest bit.</param>
    /// <param name="bits">A bit a wire.</param>
    /// <param name="mitigates">Whether each wire's ±1 becomes (±1 − offset)/contrast, which undoes the known errors of readout on average.</param>
    public double Reading(ulong support, ulong bits, bool mitigates)
    {
        if (!mitigates)
            return int.IsEvenInteger(BitOperations.PopCount(support & bits)) ? 1 : -1;
        var product = 1.0;
        for (var rest = support; rest != 0; rest &= rest - 1)
        {
            var wire = BitOperations.TrailingZeroCount(rest);
            var value = (bits >> wire & 1) == 0 ? 1.0 : -1.0;
            product *= (value - Readout[wire].Offset) / Readout[wire].Contrast;
        }

        return product;
    }

    /// <summary>Whether this is the circuit and nothing else.</summary>
    public bool IsIdeal => NoiseCount == 0;

    private ChannelInsertion Checked(ChannelInsertion insertion)
    {
        var text = $"channel {insertion.Channel.Name} at {insertion.Position} on {string.Join(' ', insertion.Wires)}";
        if (insertion.Position < 0 || insertion.Position > Circuit.Operations.Length)
            throw new ArgumentException($"{text}: the position is outside 0..{Circuit.Operations.Length}");
        if (insertion.Wires.Length != insertion.Channel.WireCount || insertion.Wires.Distinct().Count() != insertion.Wires.Length)
            throw new ArgumentException($"{text}: it takes {insertion.Channel.WireCount} distinct wire(s)");
        if (insertion.Wires.Any(wire => wire < 0 || wire >= Circuit.WireCount))
            throw new ArgumentException($"{text}: a wire is outside 0..{Circuit.WireCount - 1}");
        return insertion;
    }

    /// <summary>The circuit with a perfect readout: what inverting the known confusion of each wire gives on average.</summary>
    /// <exception cref="NotSupportedException">A readout is wrong half of the time.</exception>
    public NoisyCircuit WithReadoutInverted()
    {
        RequireInvertibleReadout();
        return new(Circuit, Channels);
    }

    /// <summary>Throws where a readout's confusion cannot be inverted.</summary>
    /// <exception cref="NotSupportedException">A readout is wrong half of the time.</exception>
    public void RequireInvertibleReadout()
    {
        if (Readout.Any(error => error.IsBlind))
        {
            throw new NotSupportedException(
                "readout mitigation cannot invert a readout that is wrong half of the time; allowed: any other probability of error, or no mitigation");
        }
    }
}

/// <summary>What happens next in a noisy circuit: a channel, or without one a gate.</summary>
/// <param name="Channel">The channel; null for a gate.</param>
/// <param name="Position">The place of the gate among the circuit's operations; of a channel the gates before it.</param>
internal readonly record struct NoisyStep(ChannelInsertion? Channel, int Position);

/// <summary>A channel between two gates of a circuit.</summary>
/// <param name="Position">Gates before it: 0 is ahead of the first gate, the gate count is behind the last. Equal positions act in list order.</param>
/// <param name="Channel">What happens.</param>
/// <param name="Wires">Where, as many wires as the channel has.</param>
public sealed record ChannelInsertion(int Position, QuantumChannel Channel, ImmutableArray<int> Wires)
{
    /// <summary>
    /// Depolarizing noise behind a gate, on its wires together; on three, of which there is no such channel, on each pair of neighbours in the gate.
    /// </summary>
    /// <param name="position">As <see cref="Position"/>.</param>
    /// <param name="wires">The gate's, one to three.</param>
    /// <param name="one">Total probability of an error on one wire (<see cref="Channels.DepolarizingByError"/>).</param>
    /// <param name="two">The same on two wires.</param>
    public static IEnumerable<ChannelInsertion> Depolarizing(int position, ImmutableArray<int> wires, double one, double two) => wires.Length switch
    {
        1 => [new(position, Channels.DepolarizingByError(one), wires)],
        2 => [new(position, Channels.DepolarizingByError(two, wires: 2), wires)],
        _ => [.. Depolarizing(position, wires[..2], one, two), .. Depolarizing(position, wires[1..], one, two)],
    };
}

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
