using System.Collections.Immutable;
using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Execution;

/// <summary>
/// Noise without a device: the circuit's own gates, a channel behind each, and the same readout error on every wire. Depolarizing acts on
/// all wires of a gate together, p being the probability of any Pauli string but the identity; the other channels act on each wire.
/// </summary>
public sealed record PlainNoise
{
    private static readonly string[] Names = ["depolarizing", "bit-flip", "phase-flip", "amplitude-damping", "phase-damping", "readout"];

    private PlainNoise(ImmutableArray<(string Name, double Value)> parts) => Parts = parts;

    /// <summary>Names and probabilities, in the order in which the channels act.</summary>
    public ImmutableArray<(string Name, double Value)> Parts { get; }

    /// <summary>Whether a text means plain noise, not a device: it has a name of a channel and a colon.</summary>
    public static bool IsPlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Names.Any(name => text.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase) || text.Equals(name, StringComparison.OrdinalIgnoreCase))
            || (text.Contains(',', StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal));
    }

    /// <summary>Reads "depolarizing:0.001,readout:0.02".</summary>
    /// <exception cref="InputException">An unknown name, a name given twice, or a value that is no probability; one line.</exception>
    public static PlainNoise Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = ImmutableArray.CreateBuilder<(string, double)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var name = (colon < 0 ? part : part[..colon]).ToLowerInvariant();
            if (!Names.Contains(name))
            {
                throw new InputException(
                    $"{new NamedInput("Noise")}: '{name}' is no kind of plain noise{NearestName.Hint(name, Names)}; allowed: "
                        + $"{string.Join(", ", Names.Select(known => known + ":P"))} with commas between them, or a device");
            }

            if (colon < 0
                || !double.TryParse(part.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !(value is >= 0 and <= 1))
            {
                throw new InputException(
                    $"{new NamedInput("Noise")}: '{part}' has no probability; allowed: a number from 0 to 1, as {name}:0.001");
            }

            if (parts.Any(known => known.Item1 == name))
                throw new InputException($"{new NamedInput("Noise")}: {name} is given twice; allowed: once");
            parts.Add((name, value));
        }

        return new(parts.ToImmutable());
    }

    /// <summary>The circuit with this noise.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="quietGates">Gates at its end that are part of the measurement and have no noise.</param>
    public NoisyCircuit On(Circuit circuit, int quietGates = 0)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var readout = Parts.FirstOrDefault(part => part.Name == "readout").Value;
        var channels = circuit.Operations.SkipLast(quietGates).Index()
            .SelectMany(gate => Parts.SelectMany(part => Behind(part.Name, part.Value, gate.Index + 1, gate.Item.Wires)));
        return new(circuit, channels, [.. Enumerable.Repeat(new ReadoutError(readout, readout), circuit.WireCount)]);
    }

    private static IEnumerable<ChannelInsertion> Behind(string name, double p, int position, ImmutableArray<int> wires)
    {
        if (name == "depolarizing")
            return ChannelInsertion.Depolarizing(position, wires, p, p);
        Func<double, QuantumChannel>? ofOne = name switch
        {
            "bit-flip" => Channels.BitFlip,
            "phase-flip" => Channels.PhaseFlip,
            "amplitude-damping" => Channels.AmplitudeDamping,
            "phase-damping" => Channels.PhaseDamping,
            _ => null, // readout
        };
        return ofOne is null ? [] : wires.Select(wire => new ChannelInsertion(position, ofOne(p), [wire]));
    }
}
