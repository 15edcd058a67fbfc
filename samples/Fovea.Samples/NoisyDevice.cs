using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Samples;

/// <summary>The same circuit without noise, on a noisy device, and with two kinds of mitigation.</summary>
internal static class NoisyDevice
{
    public static void Run()
    {
        // A GHZ state of four qubits, whose parity along X is 1 without noise.
        var circuit = new CircuitBuilder(4)
            .H(0).CNOT(0, 1).CNOT(1, 2).CNOT(2, 3)
            .H(0).H(1).H(2).H(3)
            .Build([Observable.Pauli("Z0*Z1*Z2*Z3")]);
        var device = ShippedProfiles.Find("heavy-hex");
        var value = new double[1];
        new EnginePlanner(batch: 1, isDouble: true).Plan(circuit).CreateEngine<double>().Forward([], [], value);
        Console.WriteLine($"ideal: {value[0]:F4}");

        foreach (var mitigation in new[] { Mitigation.None, Mitigation.Readout, Mitigation.ZeroNoise })
        {
            var backend = new DeviceBackend(device, new ExecutionOptions { Mitigation = mitigation });
            backend.CreateEngine<double>(circuit).Forward([], [], value);
            Console.WriteLine($"{device.Name}, mitigation {mitigation}: {value[0]:F4}");
        }

        // As an experiment would see it: 1000 shots, reproducible by the seed.
        new DeviceBackend(device, new ExecutionOptions { Shots = 1000, Seed = 1 }).CreateEngine<double>(circuit).Forward([], [], value);
        Console.WriteLine($"{device.Name}, 1000 shots: {value[0]:F4}");
    }
}
