using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Models;
using Fovea.Models.Controls;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using TorchSharp;

namespace Fovea.Training.Layers;

/// <summary>Puts the quantum layers of networks on a device, and takes them off again.</summary>
public sealed class LayerNoise(DeviceBackend backend)
{
    /// <summary>The device.</summary>
    public DeviceBackend Backend { get; } = backend;

    /// <summary>Puts every quantum layer of the networks on the device until the result is disposed. Ideal execution changes nothing.</summary>
    public IDisposable Apply(params IEnumerable<torch.nn.Module> networks)
    {
        var layers = networks.SelectMany(ParameterReport.QuantumLayersOf).ToArray();
        if (!Backend.Options.IsIdeal)
            Array.ForEach(layers, layer => layer.Backend = Backend);
        return new Removal(() => Array.ForEach(layers, layer => layer.Backend = null));
    }

    /// <summary>What running the networks on the device means, a line for each different circuit.</summary>
    /// <exception cref="Core.Errors.InputException">The device cannot run a layer's circuit, or no engine computes it; one line.</exception>
    public IReadOnlyList<string> Describe(params IEnumerable<torch.nn.Module> networks)
    {
        var circuits = networks.SelectMany(ParameterReport.QuantumLayersOf).GroupBy(layer => layer.Circuit.ToString()).ToList();
        circuits.ForEach(layers => Backend.CreateEngine<float>(layers.First().Circuit));
        if (Backend.Options.NoiseScale == 0)
            return [.. circuits.Select(layers => $"{layers.Count()} quantum layer(s): ideal circuits.{Sampling()}")];
        return [.. circuits.Select(layers =>
            $"{layers.Count()} quantum layer(s): {Backend.Compile(layers.First().Circuit).Report.Describe()}{Factor()}{Sampling()}")];
    }

    private string Factor() => Backend.Options.NoiseScale == 1 ? "" : $" Noise times {Backend.Options.NoiseScale}.";

    private string Sampling()
    {
        var shots = Backend.Options.Shots is { } count ? $" {count:N0} shots a circuit." : "";
        return Backend.Options.Mitigation == Mitigation.None ? shots : $"{shots} Mitigation: {Backend.Options.Mitigation}.";
    }
}

/// <summary>Takes noise away again when it is disposed.</summary>
internal sealed class Removal(Action remove) : IDisposable
{
    public void Dispose() => remove();
}

/// <summary>The noise of a training stage, on and off by its schedule.</summary>
public sealed class TrainingNoise
{
    private readonly QuantumNoiseOptions _options;
    private readonly IReadOnlyList<torch.nn.Module> _networks;
    private readonly StageSchedule _schedule;
    private readonly LayerNoise _noise;

    private TrainingNoise(QuantumNoiseOptions options, IReadOnlyList<torch.nn.Module> networks, StageSchedule schedule)
    {
        (_options, _networks, _schedule) = (options, networks, schedule);
        _noise = new(Backend(options));
        // What the device cannot run is said before anything is trained.
        _noise.Describe(networks[0]);
    }

    /// <summary>Throws for a device that cannot be read or cannot run the circuits, before a run's folder is made.</summary>
    /// <exception cref="Core.Errors.InputException">One line.</exception>
    public static void Require(RunConfig config)
    {
        if (!IsAskedFor(config)) return;
        var device = Backend(config.Noise);
        foreach (var (_, kind) in QuantumSettings.LayersOf(config.Quantum).Where(layer => layer.Kind.RunsCircuit()))
            device.CreateEngine<float>(config.Quantum.BuildCircuit(kind));
    }

    /// <summary>The noise of a stage that trains a network, or null where the configuration asks for none.</summary>
    /// <param name="config">The run's configuration.</param>
    /// <param name="networks">The network and its copies, if it has any.</param>
    /// <param name="schedule">The stage's steps.</param>
    /// <exception cref="Core.Errors.InputException">The profile cannot be read, or cannot run the network's circuits.</exception>
    public static TrainingNoise? Build(RunConfig config, IReadOnlyList<torch.nn.Module> networks, StageSchedule schedule) =>
        IsAskedFor(config) ? new(config.Noise, networks, schedule) : null;

    /// <summary>Puts the networks on the device for a step, where the schedule says so, until the result is disposed.</summary>
    public IDisposable? At(long step)
    {
        var segment = _schedule.At(step);
        if (!_options.IsOnAt(step - segment.Start, segment.End - segment.Start)) return null;
        var applied = _networks.Select(network => _noise.Apply(network)).ToArray();
        return new Removal(() => Array.ForEach(applied, noise => noise.Dispose()));
    }

    private static bool IsAskedFor(RunConfig config) => config.Quantum.Enabled && config.Noise.Profile is not null;

    private static DeviceBackend Backend(QuantumNoiseOptions options) =>
        new(ShippedProfiles.Load(options.Profile!), new ExecutionOptions { NoiseScale = options.Scale });
}
