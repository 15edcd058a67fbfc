using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.QcuNet;

/// <summary>What stands at the places where QCU-Net has circuits, and what the network is told.</summary>
public enum Arm
{
    /// <summary>
    /// As the program was published: no gates within groups of four wires (24 of 28 a layer), wires by pixel, the second quanvolution of a block reads the
    /// block's input, and at the bottleneck the second circuit's values are thrown away for the first's.
    /// </summary>
    Published,

    /// <summary>As its text says: all gates, a ring of four wires for each channel, the second circuit of a block reads what the first part made.</summary>
    Intended,

    /// <summary>As <see cref="Intended"/>, with random weights that stay.</summary>
    Frozen,

    /// <summary>
    /// As <see cref="Published"/>, with the cosine of each input in a circuit's place: what the published circuit gives on 10 of its 12 wires.
    /// </summary>
    Cosines,

    /// <summary>No circuits: the convolutions of the block take all channels.</summary>
    Convolution,

    /// <summary>As <see cref="Convolution"/>, and the network is not told the timestep: the classical baseline as the program was published.</summary>
    Untimed,
}

/// <summary>
/// One circuit of 12 wires over each 2 × 2 patch of three channels, [batch, 3, height, width] → the same shape: angles by RX, three layers of HQConv, ⟨Z⟩ of
/// each wire back at its pixel (De Falco et al., arXiv 2402.16147 and 2512.20448). Of <see cref="Arm.Cosines"/> the angles' cosines in its place.
/// Weights start uniform in [0, 2π), as the published ones, in turns, do in [0, 1).
/// </summary>
public sealed class PatchCircuit : nn.Module<Tensor, Tensor>
{
    /// <summary>Channels that a circuit takes.</summary>
    public const int Channels = 3;

    private const int Side = 2;
    private const int Wires = Channels * Side * Side;

    // To [batch, rows, columns] and then wires: of each channel its four pixels, or of each pixel its three channels.
    private static readonly long[] s_byChannel = [0, 2, 4, 1, 3, 5], s_byPixel = [0, 2, 4, 3, 5, 1];

    private readonly long[] _order;
    [ComponentName(Name = "circuit")] private readonly CircuitLayer? _circuit;

    /// <summary>Makes the layer of an arm that has one.</summary>
    public PatchCircuit(Arm arm) : base(nameof(PatchCircuit))
    {
        _order = arm is Arm.Published or Arm.Cosines ? s_byPixel : s_byChannel;
        if (arm != Arm.Cosines)
        {
            var ansatz = arm == Arm.Published ? AnsatzRegistry.FindExhibit("hqconv-published") : AnsatzRegistry.Find("hqconv");
            _circuit = new CircuitLayer(new QuantumLayerSpec { Qubits = Wires, Layers = 3, Encoding = InputEncoding.X }.BuildCircuit(ansatz!));
            _circuit.Weights.requires_grad = arm != Arm.Frozen;
        }

        RegisterComponents();
    }

    /// <summary>The trained angles in radians, as many as the circuit has; null for cosines.</summary>
    public Parameter? Weights => _circuit?.Weights;

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        var (batch, rows, columns) = (input.shape[0], input.shape[2] / Side, input.shape[3] / Side);
        var patches = input.reshape(batch, Channels, rows, Side, columns, Side).permute(_order);
        var shape = patches.shape;
        var angles = patches.reshape(-1, Wires);
        var values = _circuit is null ? angles.cos() : _circuit.call(angles);
        return values.reshape(shape).permute([.. Enumerable.Range(0, 6).Select(at => (long)Array.IndexOf(_order, at))]).reshape(input.shape);
    }
}
