using Fovea.Core.Errors;
using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Models.Denoisers;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using static TorchSharp.torch;

namespace Fovea.Training.Reports;

/// <summary>What became of a run's circuits: those of its quantum layers with their weights at the start and now.</summary>
public static class RunCircuits
{
    /// <summary>Whether any layer of a configuration runs a circuit, trained or not; a device changes nothing without.</summary>
    public static bool Has(RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Quantum.Enabled && QuantumSettings.LayersOf(config.Quantum).Any(layer => layer.Kind.RunsCircuit());
    }

    /// <summary>The settings of the circuit that its layers run, for those who do not know networks.</summary>
    public static QuantumLayerSpec SpecOf(RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Quantum.Circuit;
    }

    /// <summary>The quantum layers of a run, of the autoencoder and then of the denoiser, in the order of their modules.</summary>
    /// <param name="folder">The run; its weights need not be there yet.</param>
    /// <param name="config">Its configuration.</param>
    /// <exception cref="InputException">Its weights are damaged or do not belong to the configuration; one line.</exception>
    public static IReadOnlyList<RunCircuit> Read(RunFolder folder, RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Has(config)) return [];
        TorchRuntime.EnsureLoaded();
        // Only the circuits' places are asked for: of classes and masks, which a dataset has, any number will do.
        using var autoencoder = new Autoencoder(config.Autoencoder, config.Quantum);
        using var denoiser = new UNet(config.Autoencoder.LatentChannels, 1, config.Denoiser, config.Quantum, new MaskShape(1, config.Autoencoder.Downsampling));
        return
        [
            .. Read(folder, config, StageNames.Autoencoder, autoencoder, folder.Autoencoder),
            .. Read(folder, config, StageNames.Denoiser, denoiser, folder.Denoiser),
        ];
    }

    private static IReadOnlyList<RunCircuit> Read(RunFolder folder, RunConfig config, string stage, nn.Module network, string weights)
    {
        var layers = QuantumLayerNames.Of((stage, network)).Select(layer => (layer.Name, Path: layer.Name[(stage.Length + 1)..], layer.Layer)).ToArray();
        if (layers.Length == 0) return [];
        var history = new MetricsHistory(folder.Metrics, stage);
        using var now = Weights(weights);
        using var initial = Weights(Path.Combine(folder.InitialWeights, Path.GetFileName(weights)));
        var begins = initial is not null || StartsFromItsSeed(folder, history, now is not null);
        return
        [
            .. layers.Select(layer => new RunCircuit(layer.Name, layer.Layer.Circuit)
            {
                IsTrained = layer.Layer.Weights.requires_grad
                    && !(config.AutoencoderTraining.DecoderOnly && layer.Name.StartsWith("autoencoder.encoder.", StringComparison.Ordinal)),
                Groups = layer.Layer.Groups,
                IsShared = layer.Layer.IsShared,
                Start = !begins ? null : initial is null ? Seeded(layer.Layer, layer.Path, config) : Stored(initial, layer.Layer, layer.Path),
                Now = now is null ? null : Stored(now, layer.Layer, layer.Path),
                LoggedDisplacement = Logged(history, "circuit_displacement", layer.Path),
                Share = Logged(history, "circuit_share", layer.Path),
            }),
        ];
    }

    private static SafetensorsContent? Weights(string path) => File.Exists(path) ? SafetensorsFile.Load(path) : null;

    private static IReadOnlyList<double[]> Seeded(QuantumConvolution layer, string path, RunConfig config)
    {
        SeededInitialization.ApplyToPart(layer, (ulong)config.Seed, path);
        return Rows(layer, layer.Weights);
    }

    private static IReadOnlyList<double[]> Stored(SafetensorsContent content, QuantumConvolution layer, string path) =>
        content.Tensors.TryGetValue($"{path}.weights", out var weights) && weights.numel() == layer.Weights.numel()
            ? Rows(layer, weights)
            : throw new InputException($"its weights have no circuit {path} of {layer.Weights.numel()} weights, which its configuration describes");

    // A network that was trained elsewhere began from that run's seed; of a run that began with another's weights these may no longer be there.
    private static bool StartsFromItsSeed(RunFolder folder, MetricsHistory history, bool isThere) =>
        !HasInit(folder) && (!isThere || !File.Exists(folder.Metrics) || history.LastStep > 0);

    // A damaged record is told by those who need it.
    private static bool HasInit(RunFolder folder)
    {
        try
        {
            return RunData.Read(folder)?.Init is not null;
        }
        catch (InputException)
        {
            return false;
        }
    }

    // Where there is one layer the log has its figure under the name of all.
    private static double? Logged(MetricsHistory history, string figure, string layer) =>
        history.Last($"{figure}.{layer}")
            ?? (history.Names.Any(name => name.StartsWith(figure + ".", StringComparison.Ordinal)) ? null : history.Last(figure));

    private static IReadOnlyList<double[]> Rows(QuantumConvolution layer, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var all = Array.ConvertAll(TensorSpans.ToArray<float>(weights.detach().to(ScalarType.Float32)), value => (double)value);
        return layer.Circuit.WeightCount == 0 ? [[]] : [.. all.Chunk(layer.Circuit.WeightCount)];
    }
}

/// <summary>The circuit of a quantum layer of a run.</summary>
/// <param name="Name">"autoencoder." or "denoiser." and the layer's path in the network, as <c>fovea circuit export</c> takes it.</param>
/// <param name="Circuit">Its gates and what is measured.</param>
public sealed record RunCircuit(string Name, Circuit Circuit)
{
    /// <summary>Whether its weights are trained; else they stay as they start.</summary>
    public required bool IsTrained { get; init; }

    /// <summary>Circuits at each position.</summary>
    public required int Groups { get; init; }

    /// <summary>Whether all groups share their weights.</summary>
    public required bool IsShared { get; init; }

    /// <summary>[group][weight] in radians where the training began; one row where groups share them; null where that is not known.</summary>
    public required IReadOnlyList<double[]>? Start { get; init; }

    /// <summary>The same in the averaged weights that the run has now; null where it has none yet.</summary>
    public required IReadOnlyList<double[]>? Now { get; init; }

    /// <summary>The last displacement in the run's log, in radians; null without one.</summary>
    public double? LoggedDisplacement { get; init; }

    /// <summary>What the held-out loss rises by with the layer's angles of the start, by the log; null where it was not measured.</summary>
    public double? Share { get; init; }

    /// <summary>
    /// Root mean square of all angles' displacements, in radians, each the short way round; the log's where the start or the end is
    /// not known.
    /// </summary>
    public double? Displacement => Start is null || Now is null || Circuit.WeightCount == 0 ? LoggedDisplacement
        : Math.Sqrt(Start.Zip(Now, (start, now) => start.Zip(now, Moved).Sum(moved => moved * moved)).Sum() / Start.Sum(row => row.Length));

    /// <summary>How far an angle moved, the short way round, from −π to π.</summary>
    public static double Moved(double start, double now) => Math.IEEERemainder(now - start, 2 * Math.PI);
}
