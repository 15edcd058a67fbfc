using System.Numerics;
using Fovea.Core.Random;
using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Tests.Quantum;

namespace Fovea.Tests.Devices.Compilation;

/// <summary>What must hold for every compiled circuit.</summary>
internal static class CompiledChecks
{
    // A few hundred gates in double precision, angles compared to 1e-12.
    public const double Tolerance = 1e-10;

    /// <summary>Counts, couplings, native kinds and outputs.</summary>
    public static void Check(CompiledCircuit compiled, ulong seed = 1)
    {
        SameValues(compiled, seed);
        OnlyNative(compiled);
        var report = compiled.Report;
        Assert.Equal(compiled.Noisy.NoiseCount, report.NoiseOperations);
        Assert.Equal(compiled.Qubits.Length, report.Qubits);
        Assert.Equal(Pairs(compiled).Count(), report.Entanglers);
        Assert.Equal(compiled.Noisy.Circuit.Operations.Count(operation => operation.Kind == GateKind.RZ), report.VirtualRotations);
        // An ECR is written with an SX of its own.
        var inside = Pairs(compiled).Count(pair => Entangler(compiled, pair) == EntanglingGate.ECR);
        Assert.Equal(compiled.Noisy.Circuit.Operations.Count(operation => operation.Kind == GateKind.SX), report.Pulses + inside);
        Assert.Equal(report.Gates, report.Pulses + report.Entanglers + report.VirtualRotations);
    }

    public static IEnumerable<Operation> Pairs(CompiledCircuit compiled) =>
        compiled.Noisy.Circuit.Operations.Where(operation => operation.Wires.Length == 2);

    /// <summary>The native gate of the coupling that an operation is on.</summary>
    private static EntanglingGate Entangler(CompiledCircuit compiled, Operation pair) => compiled.Profile.EntanglerOf(Assert.Single(
        compiled.Profile.Couplings,
        edge => edge.First == compiled.Qubits[pair.Wires[0]] && edge.Second == compiled.Qubits[pair.Wires[1]]));

    public static void SameValues(CompiledCircuit compiled, ulong seed = 1)
    {
        var (logical, native) = (compiled.Logical, compiled.Noisy.Circuit);
        Assert.Equal((logical.InputCount, logical.WeightCount), (native.InputCount, native.WeightCount));
        var random = new CounterRandom(seed, 99);
        var inputs = RandomCircuit.Numbers(random, 2 * logical.InputCount, 3.5);
        var weights = RandomCircuit.Numbers(random, logical.WeightCount, 7);
        var (expected, actual) = (new double[2 * logical.Observables.Length], new double[2 * logical.Observables.Length]);
        new ReferenceEngine(logical).Forward(inputs, weights, expected);
        new ReferenceEngine(native).Forward(inputs, weights, actual);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.True(
                Math.Abs(expected[k] - actual[k]) < Tolerance,
                $"{compiled.Profile.Name} {compiled.Profile.Entangler}: {expected[k]} became {actual[k]}\n{logical}\n{native}");
        }
    }

    private static void OnlyNative(CompiledCircuit compiled)
    {
        GateKind[] alone = compiled.Profile.Couplings.Any(edge => compiled.Profile.EntanglerOf(edge) == EntanglingGate.ECR)
            ? [GateKind.RZ, GateKind.SX, GateKind.X]
            : [GateKind.RZ, GateKind.SX];
        Assert.All(compiled.Noisy.Circuit.Operations.Where(operation => operation.Wires.Length == 1), operation => Assert.Contains(operation.Kind, alone));
        Assert.All(Pairs(compiled), operation => Assert.Equal(operation.Kind, Entangler(compiled, operation) switch
        {
            EntanglingGate.CZ => GateKind.CZ,
            EntanglingGate.RZZ => GateKind.RZZ,
            _ => GateKind.CNOT,
        }));
        Assert.All(Pairs(compiled), operation => Assert.Contains(
            compiled.Profile.Couplings,
            edge => edge.First == compiled.Qubits[operation.Wires[0]] && edge.Second == compiled.Qubits[operation.Wires[1]]));
    }

    /// <summary>The unitary of gates on one wire or two, by columns.</summary>
    public static Complex[,] Unitary(int wires, IEnumerable<Operation> operations)
    {
        var size = 1 << wires;
        var unitary = new Complex[size, size];
        for (var column = 0; column < size; column++)
        {
            var basis = new double[size];
            basis[column] = 1;
            var state = new ReferenceState(wires, basis);
            foreach (var operation in operations)
                state.Apply(operation, operation.Angle?.Scale ?? 0);
            for (var row = 0; row < size; row++)
                unitary[row, column] = state.Amplitudes[row];
        }

        return unitary;
    }
}
