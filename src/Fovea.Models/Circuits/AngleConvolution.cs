using Fovea.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// A layer in a convolution's place that works on angles. At every spatial position of every image the channels, those of the eight
/// neighbours among them if so told, are projected to <c>groups × qubits</c> angles, each bounded to (−π, π) by
/// π·tanh(scale · projection) with a learned scale; the middle maps the
/// angles of each group to numbers, one for each observable; those are projected back to the channels. The middle's parameters are shared by all
/// positions, as a convolution's are, and by all groups unless each has its own. As a mixer (<see cref="QuantumJoin.Mixer"/>) the layer has an angle for each
/// channel, which both projections take alone. Layers differ in their middles and in nothing else:
/// the projections and the scale have the same names and shapes in all, so that they start from equal values at one seed.
/// </summary>
public abstract class AngleConvolution : nn.Module<Tensor, Tensor>, ISeededModule
{
    private static readonly Scalar Pi = MathF.PI;
    private static readonly Scalar PerPi = 1 / MathF.PI;

    // Not private: TorchSharp looks for a module's parts in the fields that its most derived class can see, and skips the others
    // when the module changes its data type or device.
    [ComponentName(Name = "project")] private protected readonly nn.Module<Tensor, Tensor> _project;
    [ComponentName(Name = "scale")] private protected readonly Parameter _scale;
    [ComponentName(Name = "expand")] private protected readonly Conv2d _expand;

    // Whether the projections work on each channel alone, so that only the middle mixes channels.
    private readonly bool _mixes;

    /// <summary>Makes the projections and the scale. The derived constructor must end with <c>RegisterComponents()</c>.</summary>
    /// <param name="name">The class's name.</param>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">Gives the qubits and the groups.</param>
    /// <param name="kind">What the middle is.</param>
    protected AngleConvolution(string name, int channels, QuantumOptions options, QuantumLayerKind kind) : base(name)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Kind, Qubits, Outputs) = (kind, options.Circuit.Qubits, options.Circuit.OutputCount);
        (Groups, IsShared, _mixes) = (options.Groups, options.Shared, options.Join == QuantumJoin.Mixer);
        var angles = Groups * Qubits;
        if (_mixes && angles != channels)
            throw new ArgumentException($"a mixer's {Groups} groups of {Qubits} angles are not the {channels} channels, one each", nameof(options));
        _project = _mixes ? Layers.Depthwise(channels, channels, options.Projection)
            : options.Projection == 1 ? Layers.Pointwise(channels, angles)
            : new PaddedConvolution(channels, angles, options.Projection);
        _scale = nn.Parameter(ones(angles));
        _expand = _mixes ? Layers.Depthwise(Groups * Outputs, channels) : Layers.Pointwise(Groups * Outputs, channels);
    }

    /// <summary>What the middle is.</summary>
    public QuantumLayerKind Kind { get; }

    /// <summary>Angles of one group.</summary>
    public int Qubits { get; }

    /// <summary>Numbers that the middle makes of the angles of one group: as many as the circuit has observables.</summary>
    public int Outputs { get; }

    /// <summary>Circuits, or what stands for one, at each position.</summary>
    public int Groups { get; }

    /// <summary>Whether all groups share the middle's parameters; otherwise those have a first size more, [groups, …], and each group has its own.</summary>
    public bool IsShared { get; }

    /// <summary>Whether the projections take each channel alone (<see cref="QuantumJoin.Mixer"/>).</summary>
    internal bool IsMixer => _mixes;

    /// <summary>Parameters of the middle, trained or not: all of the layer's but the projections and the scale.</summary>
    public IReadOnlyList<Parameter> MiddleParameters =>
    [
        .. named_parameters()
            .Where(entry => entry.name.Split('.')[0] is not ("project" or "scale" or "expand"))
            .Select(entry => entry.parameter),
    ];

    /// <summary>
    /// What is passed on in place of the middle's numbers, made of them: [samples, outputs] → the same, in the order of <see cref="Middle"/>'s samples.
    /// Null for the numbers themselves. For ablations; not part of the layer's state.
    /// </summary>
    public Func<Tensor, Tensor>? Replacement { get; set; }

    /// <summary>[batch, channels, height, width] → the same shape.</summary>
    public sealed override Tensor forward(Tensor input)
    {
        var (batch, height, width) = (input.shape[0], input.shape[2], input.shape[3]);
        var angles = _project.call(input).mul(_scale.view(1, -1, 1, 1)).tanh().mul(Pi);
        if (!IsShared) return Expand(GroupByGroup(angles.reshape(batch, Groups, Qubits, height * width)).reshape(batch, -1, height, width));
        var middle = Passed(angles.permute(0, 2, 3, 1).reshape(-1, Qubits).contiguous());
        return Expand(middle.view(batch, height, width, -1).permute(0, 3, 1, 2).contiguous());
    }

    /// <summary>Angle scales 1; the middle decides about its own.</summary>
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ParameterInitializer.Constant(_scale, 1);
        InitializeMiddle(initializer);
    }

    /// <summary>
    /// Angles in (−π, π), [samples, qubits], contiguous → [samples, outputs], contiguous. A sample is a group at a position; where groups have
    /// middles of their own, all samples of the first group come first, then those of the second.
    /// </summary>
    protected abstract Tensor Middle(Tensor angles);

    /// <summary>Angles in half turns, angle/π in (−1, 1): of the size of expectation values, and of the inputs that linear layers are made for.</summary>
    protected static Tensor HalfTurns(Tensor angles)
    {
        ArgumentNullException.ThrowIfNull(angles);
        return angles.mul(PerPi);
    }

    /// <summary>Sets the initial values of bare parameters of the middle.</summary>
    protected virtual void InitializeMiddle(ParameterInitializer initializer) { }

    // [batch, groups · outputs, height, width] → [batch, channels, height, width]. A mixer gives a channel the numbers of its own wire, which are brought
    // together: those of a group come observable after observable, wire after wire.
    private Tensor Expand(Tensor numbers)
    {
        if (!_mixes || Outputs == Qubits) return _expand.call(numbers);
        var (batch, height, width) = (numbers.shape[0], numbers.shape[2], numbers.shape[3]);
        return _expand.call(numbers.view(batch, Groups, Outputs / Qubits, Qubits, height * width).permute(0, 1, 3, 2, 4).reshape(batch, -1, height, width));
    }

    private Tensor Passed(Tensor angles) => Middle(angles) is var middle && Replacement is { } replacement ? replacement(middle) : middle;

    // [batch, groups, qubits, positions] → [batch, groups · outputs, positions] with the samples of a group side by side in between.
    private Tensor GroupByGroup(Tensor angles)
    {
        var (batch, positions) = (angles.shape[0], angles.shape[3]);
        var middle = Passed(angles.permute(1, 0, 3, 2).reshape(-1, Qubits).contiguous());
        return middle.view(Groups, batch, positions, -1).permute(1, 0, 3, 2).reshape(batch, -1, positions);
    }
}
