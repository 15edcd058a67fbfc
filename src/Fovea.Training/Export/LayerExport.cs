using System.Numerics;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Imaging.Decoding;
using Fovea.Models.Circuits;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using static TorchSharp.torch;

namespace Fovea.Training.Export;

/// <summary>Exports the trained circuit of a quantum layer, with the inputs that the network computes for an image or with open ones.</summary>
public static class LayerExport
{
    private const string DenoiserPrefix = "denoiser.";

    /// <summary>The circuit as text.</summary>
    /// <exception cref="InputException">The run is not trained, a name or setting breaks a rule, or the image does not fit; one line.</exception>
    public static string Write(LayerExportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        using var run = RunFolder.Open(request.Run);
        var config = RunConfigReader.FromFile(run.Config);
        // One image: on the CPU, where the circuits' inputs are recorded.
        using var model = TrainedModel.Load(run, config, ComputeContext.Start(config.Threads, "cpu"));
        var layer = QuantumLayerNames.Find(LayersOf(model), request.Layer, request.Run);
        var group = Group(layer, request);
        var inputs = request is { Image: not null, Position: { } position }
            ? Record(model, config, layer, request).Inputs(position, group)
            : null;
        var export = new CircuitExport { Weights = Numbers(layer, layer.Weights, group), Inputs = inputs, Title = Title(request) };
        return CircuitFile.Write(inputs is null ? WithAngles(layer, group) : layer.Circuit, export, request.Format);
    }

    /// <summary>Runs the layer's network on the request's image.</summary>
    internal static LayerRecording Record(TrainedModel model, RunConfig config, QuantumConvolution layer, LayerExportRequest request)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var image = ReadImage(request.Image!, config.Size);
        var timestep = Timestep(request, config);
        var recorder = new RecordingBackend();
        layer.Backend = recorder;
        try
        {
            if (IsDenoiser(request)) model.Denoise(model.Autoencoder.Encode(image).Mean, timestep);
            else model.Autoencoder.call(image);
        }
        finally
        {
            layer.Backend = null;
        }

        return new LayerRecording(recorder, layer);
    }

    /// <summary>The quantum layers of both networks, by name.</summary>
    internal static IReadOnlyList<(string Name, QuantumConvolution Layer)> LayersOf(TrainedModel model) =>
        QuantumLayerNames.Of((StageNames.Autoencoder, model.Autoencoder), (StageNames.Denoiser, model.Denoiser));

    private static void Check(LayerExportRequest request)
    {
        if (request.Image is null && (request.Position ?? (object?)request.Timestep) is not null) throw GoesWithImage();
        if (request.Image is not null && request.Position is null)
            throw new InputException($"{new NamedInput("Image")} needs a place in the layer's map: {new NamedInput("Position")} X,Y");
        if (request is { Image: null, Format: CircuitFormat.OpenQasm2 })
        {
            throw new InputException(
                $"OpenQASM 2 has no parameters, so inputs can't stay open; "
                    + $"give {new NamedInput("Image")} FILE {new NamedInput("Position")} X,Y, or take openqasm3 or json");
        }

        if (request is { Timestep: not null, Layer: not null } && !IsDenoiser(request))
            throw new InputException($"{new NamedInput("Timestep")} goes with layers of the denoiser, not with {request.Layer}");
    }

    // Where groups share their weights it only tells inputs apart.
    private static int Group(QuantumConvolution layer, LayerExportRequest request)
    {
        var allowed = $"allowed: {(layer.Groups == 1 ? "0" : $"0 to {layer.Groups - 1}")}";
        if (layer.IsShared && request is { Image: null, Group: not null }) throw GoesWithImage();
        if (!layer.IsShared && request.Group is null)
            throw new InputException($"{new NamedInput("Group")} is missing: each circuit of a position has weights of its own; {allowed}");
        return request.Group is not { } group ? 0
            : group >= 0 && group < layer.Groups ? group
            : throw new InputException($"{new NamedInput("Group")} {group} does not exist; {allowed}");
    }

    // Scales and shifts of uploads written into the gates, so that open inputs are the angles: R(s·x + t) = R(t)·R(s·x) about one axis.
    private static Circuit WithAngles(QuantumConvolution layer, int group)
    {
        if (layer.UploadScales is not { } uploads) return layer.Circuit;
        using var scope = NewDisposeScope();
        var (scale, shift) = (Numbers(layer, uploads.Scale, group), Numbers(layer, uploads.Shift, group));
        var gates = layer.Circuit.Operations.SelectMany(gate => gate.Angle is { Source: AngleSource.Input } angle
            ? new[] { Angle.Input(angle.Index % layer.Qubits, angle.Scale * scale[angle.Index]), Angle.Constant(angle.Scale * shift[angle.Index]) }
                .Select(part => new Operation(gate.Kind, gate.Wires.AsSpan(), part))
            : [gate]);
        return new Circuit(layer.Circuit.WireCount, layer.Qubits, layer.Circuit.WeightCount, gates, layer.Circuit.Observables);
    }

    private static InputException GoesWithImage() => new(
        $"{new NamedInput("Position")}, {new NamedInput("Group")} and {new NamedInput("Timestep")} go with "
            + $"{new NamedInput("Image")} FILE");

    private static bool IsDenoiser(LayerExportRequest request) => request.Layer!.StartsWith(DenoiserPrefix, StringComparison.Ordinal);

    private static int Timestep(LayerExportRequest request, RunConfig config)
    {
        var last = config.Diffusion.Timesteps - 1;
        return request.Timestep is not { } timestep ? 0
            : timestep >= 0 && timestep <= last ? timestep
            : throw new InputException($"{new NamedInput("Timestep")} {timestep} does not exist; allowed: 0 to {last}");
    }

    private static Tensor ReadImage(string path, int side)
    {
        var image = ImageFile.ReadRgb(path);
        return image.Width == side && image.Height == side
            ? ImageTensors.FromPixels([image.Pixels], side)
            : throw new InputException($"{path}: is {image.Width} × {image.Height} pixels; the run takes {side} × {side} (fovea prepare crops and resizes)");
    }

    private static double[] Numbers(QuantumConvolution layer, Tensor values, int group)
    {
        using var scope = NewDisposeScope();
        var own = layer.IsShared ? values.detach() : values.detach().select(0, group);
        return Array.ConvertAll(TensorSpans.ToArray<float>(own), value => (double)value);
    }

    private static string Title(LayerExportRequest request)
    {
        var place = request.Position is { } position ? $" at column {position.X}, row {position.Y}, group {request.Group ?? 0}"
            : request.Group is { } group ? $", group {group}" : "";
        return request.Layer + place + (request.Position is not null && IsDenoiser(request) ? $", timestep {request.Timestep ?? 0}" : "");
    }
}

/// <summary>Which circuit of a trained run is exported, and how.</summary>
public sealed record LayerExportRequest
{
    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>"autoencoder." or "denoiser." and the layer's path in the network; null ends in a message with the names.</summary>
    public string? Layer { get; init; }

    /// <summary>The format.</summary>
    public CircuitFormat Format { get; init; }

    /// <summary>A picture whose inputs are bound, or null to leave inputs open.</summary>
    public string? Image { get; init; }

    /// <summary>Where in the layer's map: column X and row Y from 0. Goes with <see cref="Image"/>.</summary>
    public (int X, int Y)? Position { get; init; }

    /// <summary>Which of the circuits at a position, from 0; null for the first, where they share their weights.</summary>
    public int? Group { get; init; }

    /// <summary>The denoiser's timestep; null for 0.</summary>
    public int? Timestep { get; init; }
}

/// <summary>What a quantum layer's circuits were given and returned for one image.</summary>
/// <param name="backend">After the network ran.</param>
/// <param name="layer">The layer that ran.</param>
internal sealed class LayerRecording(RecordingBackend backend, QuantumConvolution layer)
{
    private readonly (int Inputs, int Outputs) _width = (layer.Circuit.InputCount, layer.Circuit.Observables.Length);

    /// <summary>Side of the layer's square map.</summary>
    public int Side { get; } = (int)Math.Round(Math.Sqrt(backend.Inputs.Length / layer.Circuit.InputCount / (double)layer.Groups));

    /// <summary>Inputs at a position.</summary>
    /// <exception cref="InputException">The position or group does not exist.</exception>
    public double[] Inputs((int X, int Y) position, int group) =>
        backend.Inputs.AsSpan(Row(position, group) * _width.Inputs, _width.Inputs).ToArray();

    /// <summary>Expectation values at a position.</summary>
    /// <exception cref="InputException">The position or group does not exist.</exception>
    public double[] Expectations((int X, int Y) position, int group) =>
        backend.Expectations.AsSpan(Row(position, group) * _width.Outputs, _width.Outputs).ToArray();

    /// <summary>The layer orders its batch by image, row, column and group; where groups have weights of their own, by group, image, row and column.</summary>
    private int Row((int X, int Y) position, int group)
    {
        if (position.X < 0 || position.X >= Side || position.Y < 0 || position.Y >= Side)
        {
            throw new InputException(
                $"{new NamedInput("Position")} {position.X},{position.Y} is outside the layer's {Side} × {Side} map; "
                    + $"allowed: X 0 to {Side - 1}, Y 0 to {Side - 1}");
        }

        var place = (position.Y * Side) + position.X;
        return layer.IsShared ? (place * layer.Groups) + group : (group * Side * Side) + place;
    }
}

/// <summary>Computes circuits with the ideal engine and keeps the inputs and results of all calls, one after the other.</summary>
internal sealed class RecordingBackend : ICircuitBackend
{
    /// <summary>[rows, InputCount].</summary>
    public double[] Inputs { get; private set; } = [];

    /// <summary>[rows, outputs].</summary>
    public double[] Expectations { get; private set; } = [];

    /// <inheritdoc />
    public IExpectationEngine<T> CreateEngine<T>(Circuit circuit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Recorder<T>(new EnginePlanner(isDouble: typeof(T) == typeof(double)).Plan(circuit).CreateEngine<T>(), this);

    private static double[] Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var copy = new double[values.Length];
        for (var k = 0; k < copy.Length; k++) copy[k] = double.CreateTruncating(values[k]);
        return copy;
    }

    private sealed class Recorder<T>(IExpectationEngine<T> engine, RecordingBackend owner) : IExpectationEngine<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Circuit Circuit => engine.Circuit;

        public int OutputCount => engine.OutputCount;

        public int Threads
        {
            get => engine.Threads;
            set => engine.Threads = value;
        }

        public void Forward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> expectations)
        {
            engine.Forward(inputs, weights, expectations);
            (owner.Inputs, owner.Expectations) = ([.. owner.Inputs, .. Copy(inputs)], [.. owner.Expectations, .. Copy<T>(expectations)]);
        }

        public void VectorJacobianProduct(
            ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients) =>
            engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients);
    }
}
