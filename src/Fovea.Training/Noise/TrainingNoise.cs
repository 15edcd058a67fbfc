using Fovea.Hardware.Execution;
using Fovea.Hardware.Profiles;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using TorchSharp;

namespace Fovea.Training.Noise;

/// <summary>The noise of a training stage, on and off by its schedule.</summary>
public sealed class TrainingNoise
{
    private readonly QuantumNoiseOptions _options;
    private readonly torch.nn.Module _network;
    private readonly StageSchedule _schedule;
    private readonly LayerNoise _noise;

    private TrainingNoise(QuantumNoiseOptions options, torch.nn.Module network, StageSchedule schedule)
    {
        (_options, _network, _schedule) = (options, network, schedule);
        _noise = new(Backend(options));
        // What the device cannot run is said before anything is trained.
        _noise.Describe(network);
    }

    /// <summary>Throws for a device that cannot be read or cannot run the circuits, before a run's folder is made.</summary>
    /// <exception cref="Core.Errors.InputException">One line.</exception>
    public static void Require(RunConfig config)
    {
        if (IsAskedFor(config)) Backend(config.Noise).CreateEngine<float>(config.Quantum.Circuit.BuildCircuit());
    }

    /// <summary>The noise of a stage that trains a network, or null where the configuration asks for none.</summary>
    /// <exception cref="Core.Errors.InputException">The profile cannot be read, or cannot run the network's circuits.</exception>
    public static TrainingNoise? Of(RunConfig config, torch.nn.Module network, StageSchedule schedule) =>
        IsAskedFor(config) ? new(config.Noise, network, schedule) : null;

    /// <summary>Puts the network on the device for a step, where the schedule says so, until the result is disposed.</summary>
    public IDisposable? At(long step)
    {
        var segment = _schedule.At(step);
        return _options.IsOnAt(step - segment.Start, segment.End - segment.Start) ? _noise.Apply(_network) : null;
    }

    private static bool IsAskedFor(RunConfig config) => config.Quantum.Enabled && config.Noise.Profile is not null;

    private static DeviceBackend Backend(QuantumNoiseOptions options) =>
        new(ShippedProfiles.Load(options.Profile!), new ExecutionOptions { NoiseScale = options.Scale });
}
