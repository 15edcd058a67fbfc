using System.Collections.Immutable;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// A noisy circuit as rotations and channels in time order, then one Clifford gate that is already taken into the observables, as
/// is readout. Items are put in levels: what does not depend on weights and waits for the same rotations is one constant map,
/// whatever the order in which a schedule lists it.
/// </summary>
internal sealed class NoisyRotations
{
    private readonly CliffordFrame _frame = new();
    private readonly List<NoisyItem> _items = [];
    private readonly int[] _levels;

    private NoisyRotations(NoisyCircuit noisy)
    {
        Circuit = noisy.Circuit;
        _levels = new int[Circuit.WireCount];
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>Rotations and channels in time order.</summary>
    public IReadOnlyList<NoisyItem> Items => _items;

    /// <summary>The observables behind readout and the Clifford gate.</summary>
    public ImmutableArray<Observable> Observables { get; private set; }

    /// <summary>Rewrites a noisy circuit.</summary>
    public static NoisyRotations Of(NoisyCircuit noisy)
    {
        var result = new NoisyRotations(noisy);
        var next = 0;
        for (var position = 0; position <= noisy.Circuit.Operations.Length; position++)
        {
            for (; next < noisy.Channels.Length && noisy.Channels[next].Position == position; next++)
                result.Append(noisy.Channels[next]);
            if (position < noisy.Circuit.Operations.Length)
                result.Append(noisy.Circuit.Operations[position]);
        }

        result.Observables = [.. noisy.Circuit.Observables.Select(o => result._frame.PullBack(ReadoutPullBack.Of(o, noisy.Readout)))];
        return result;
    }

    private void Append(ChannelInsertion insertion) =>
        _items.Add(new(null, new FrameChannel(insertion, _frame), Join(insertion.Wires)));

    private void Append(Operation operation)
    {
        var level = Join(operation.Wires);
        foreach (var rotation in GateRotations.Of(operation))
        {
            if (rotation.Quarters >= 0)
            {
                _frame.Append(rotation);
                continue;
            }

            var (sign, axis) = _frame.PullBack(rotation.Axis);
            _items.Add(new(rotation with { Axis = axis, Factor = sign * rotation.Factor }, null, level));
            if (rotation.Angle.Source == AngleSource.Weight)
                SetLevel(operation.Wires, level + 1);
        }
    }

    /// <summary>What acts on several wires waits for all that they wait for.</summary>
    private int Join(ImmutableArray<int> wires)
    {
        var level = wires.Max(wire => _levels[wire]);
        SetLevel(wires, level);
        return level;
    }

    private void SetLevel(ImmutableArray<int> wires, int level)
    {
        foreach (var wire in wires)
            _levels[wire] = level;
    }
}
