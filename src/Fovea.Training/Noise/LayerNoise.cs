using Fovea.Hardware.Execution;
using Fovea.Models;
using TorchSharp;

namespace Fovea.Training.Noise;

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
            return [.. circuits.Select(layers => $"{layers.Count()} quantum layer(s): ideal circuits{Sampling()}.")];
        return [.. circuits.Select(layers =>
            $"{layers.Count()} quantum layer(s): {Backend.Compile(layers.First().Circuit).Report.Describe()}{Factor()}{Sampling()}")];
    }

    private string Factor() => Backend.Options.NoiseScale == 1 ? "" : $" Noise times {Backend.Options.NoiseScale}.";

    private string Sampling()
    {
        var shots = Backend.Options.Shots is { } count ? $" {count:N0} shots a circuit." : "";
        return Backend.Options.Mitigation == Mitigation.None ? shots : $"{shots} Mitigation: {Backend.Options.Mitigation}.";
    }

    private sealed class Removal(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
