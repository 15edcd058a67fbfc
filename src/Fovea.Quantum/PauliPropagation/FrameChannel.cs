using System.Collections.Immutable;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// A channel seen through the Clifford gates before it: each Pauli string on its wires has a signed image, and the channel maps images
/// as it maps the strings.
/// </summary>
internal sealed class FrameChannel : IStringMap
{
    private readonly (int Sign, PauliString String)[] _images;
    private readonly ImmutableArray<(int Target, double Factor)>[] _rows;

    /// <summary>The image of a channel.</summary>
    public FrameChannel(ChannelInsertion insertion, CliffordFrame frame)
    {
        Wires = insertion.Wires;
        var transfer = insertion.Channel.Transfer;
        _images = [.. Enumerable.Range(0, transfer.Size).Select(index => frame.PullBack(Local(index)))];
        _rows = [.. Enumerable.Range(0, transfer.Size).Select(row => Enumerable.Range(0, transfer.Size)
            .Where(column => transfer[row, column] != 0).Select(column => (column, transfer[row, column])).ToImmutableArray())];
    }

    /// <summary>Wires of the circuit.</summary>
    public ImmutableArray<int> Wires { get; }

    /// <summary>Wires that any image is on, as a mask.</summary>
    public ulong Support => _images.Aggregate(0UL, (mask, image) => mask | image.String.Support);

    /// <summary>
    /// E†(S) of a string: with L the part of S on the channel's wires, S = L·rest goes to Σ R[L, L']·L'·rest.
    /// </summary>
    /// <param name="pauli">S, in the frame.</param>
    /// <param name="add">Takes each string and its factor.</param>
    public void PullBack(PauliString pauli, Action<PauliString, double> add)
    {
        var local = LocalIndex(pauli);
        foreach (var (target, factor) in _rows[local])
        {
            if (target == local)
                add(pauli, factor);
            else
                Exchange(pauli, local, target, factor, add);
        }
    }

    /// <summary>
    /// The channel on the Bloch vector of its only wire, in the frame; its images are on wire <paramref name="wire"/> only.
    /// </summary>
    /// <param name="bloch">[X, Y, Z], overwritten.</param>
    /// <param name="wire">The wire.</param>
    public void ApplyTo(Span<double> bloch, int wire)
    {
        Span<double> local = [1, 0, 0, 0];
        for (var index = 1; index < 4; index++)
            local[index] = _images[index].Sign * bloch[Letter(index, wire)];
        for (var index = 1; index < 4; index++)
        {
            var sum = 0.0;
            foreach (var (target, factor) in _rows[index])
                sum += factor * local[target];
            bloch[Letter(index, wire)] = _images[index].Sign * sum;
        }
    }

    private int Letter(int index, int wire) => "XYZ".IndexOf(_images[index].String[wire], StringComparison.Ordinal);

    /// <summary>L'·rest = (L'L)·S, in the frame by the images of L and L'.</summary>
    private void Exchange(PauliString pauli, int local, int target, double factor, Action<PauliString, double> add)
    {
        var (first, firstQuarters) = _images[target].String.Multiply(_images[local].String);
        var (result, quarters) = first.Multiply(pauli);
        // L'·L·L·rest is a real multiple of a string: the factors of i cancel.
        var sign = ((firstQuarters + quarters) & 3) == 0 ? 1 : -1;
        add(result, factor * sign * _images[local].Sign * _images[target].Sign);
    }

    /// <summary>The part of a string on the channel's wires, from what it anticommutes with there.</summary>
    private int LocalIndex(PauliString pauli)
    {
        var index = 0;
        for (var k = 0; k < Wires.Length; k++)
        {
            var shift = 2 * (Wires.Length - 1 - k);
            var withX = !_images[1 << shift].String.CommutesWith(pauli);
            var withZ = !_images[3 << shift].String.CommutesWith(pauli);
            index |= (withX, withZ) switch
            {
                (false, true) => 1,
                (true, true) => 2,
                (true, false) => 3,
                _ => 0,
            } << shift;
        }

        return index;
    }

    private PauliString Local(int index)
    {
        var pauli = PauliString.Identity;
        for (var k = 0; k < Wires.Length; k++)
        {
            var single = PauliString.On("IXYZ"[(index >> (2 * (Wires.Length - 1 - k))) & 3], Wires[k]);
            pauli = new(pauli.X | single.X, pauli.Z | single.Z);
        }

        return pauli;
    }
}
