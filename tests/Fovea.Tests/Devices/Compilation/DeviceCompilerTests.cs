using CsCheck;
using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Tests.Quantum;

namespace Fovea.Tests.Devices.Compilation;

public sealed class DeviceCompilerTests
{
    private static readonly CompilationOptions Quick = new() { Trials = 3 };

    public static TheoryData<EntanglingGate> Entanglers => TestDevices.Entanglers;

    [Theory]
    [MemberData(nameof(Entanglers))]
    public void Compile_RandomCircuits_KeepsTheirValues(EntanglingGate entangler) =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 24], Gen.ULong).Sample(
            (wires, gates, seed) =>
            {
                var circuit = MeasuredInZ(RandomCircuit.Create(wires, gates, seed).Circuit, seed);
                foreach (var profile in TestDevices.All(entangler, wires))
                    CompiledChecks.Check(new DeviceCompiler(profile, Quick with { Seed = seed }).Compile(circuit), seed);
            },
            iter: 20,
            threads: 1);

    [Fact]
    public void Compile_EntanglersThatDifferByPair_KeepsValuesAndUsesEachPairsOwn() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[4, 30], Gen.ULong).Sample(
            (wires, gates, seed) =>
            {
                var circuit = MeasuredInZ(RandomCircuit.Create(wires, gates, seed).Circuit, seed);
                foreach (var profile in TestDevices.All(EntanglingGate.CX, wires))
                {
                    CompiledChecks.Check(
                        new DeviceCompiler(TestDevices.Mixed(profile, seed), Quick with { Seed = seed, FoldingFactor = 3 }).Compile(circuit), seed);
                }
            },
            iter: 30,
            threads: 1);

    [Theory]
    [MemberData(nameof(Entanglers))]
    public void Compile_EveryGateAlone_KeepsItsValues(EntanglingGate entangler)
    {
        foreach (var kind in Enum.GetValues<GateKind>())
        {
            foreach (var angle in
                    new[] { Angle.Weight(0, 0.7), Angle.Constant(1.1), Angle.Constant(Math.PI / 2), Angle.Constant(-Math.PI / 2), Angle.Constant(Math.PI) })
            {
                var info = GateInfo.Of(kind);
                var builder = new CircuitBuilder(3).RY(Angle.Input(0), 0).RX(Angle.Input(1), 1).RY(Angle.Input(2), 2).RZ(Angle.Weight(1), 0)
                    .RZ(Angle.Weight(2), 1);
                builder.Append(kind, info.HasAngle ? angle : null, [.. new[] { 1, 0, 2 }.Take(info.WireCount)]);
                builder.H(0).SX(1).RX(Angle.Weight(3), 2).CRY(Angle.Weight(4), 0, 1);
                CompiledChecks.Check(new DeviceCompiler(TestDevices.Line(3, entangler), Quick).Compile(builder.Build()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Entanglers))]
    public void Compile_Ansaetze_KeepsTheirValues(EntanglingGate entangler)
    {
        foreach (var (ansatz, qubits) in
                new[] { ("strongly-entangling", 4), ("ese2-recon", 4), ("hqconv", 4), ("strongly-entangling", 8), ("ese2-recon", 8), ("hqconv", 8) })
        {
            var circuit = new QuantumLayerSpec { Qubits = qubits, Layers = 2, Ansatz = ansatz }.BuildCircuit();
            foreach (var profile in TestDevices.All(entangler, qubits))
            {
                var compiled = new DeviceCompiler(profile, Quick).Compile(circuit);
                if (compiled.Qubits.Length <= 9)
                    CompiledChecks.Check(compiled);
                if (profile.Name.StartsWith("all", StringComparison.Ordinal))
                    Assert.Equal(0, compiled.Report.Swaps);
            }
        }
    }

    [Theory]
    [InlineData("ese2-recon", 4)]
    [InlineData("ese2-recon", 8)]
    [InlineData("ese1-recon", 8)]
    [InlineData("brick", 8)]
    public void Compile_NearestNeighbours_NeedNoSwapsOnALine(string ansatz, int qubits)
    {
        var circuit = new QuantumLayerSpec { Qubits = qubits, Layers = 3, Ansatz = ansatz }.BuildCircuit();
        foreach (var entangler in Enum.GetValues<EntanglingGate>())
        {
            foreach (var profile in new[] { TestDevices.Line(qubits, entangler), TestDevices.Line(qubits + 3, entangler), TestDevices.HeavyHex(entangler) })
            {
                var compiled = new DeviceCompiler(profile, Quick).Compile(circuit);
                Assert.Equal(0, compiled.Report.Swaps);
                Assert.Equal(compiled.InitialWires, compiled.FinalWires);
                Assert.Equal(circuit.Operations.Count(operation => operation.Kind == GateKind.CNOT), compiled.Report.Entanglers);
            }
        }
    }

    [Fact]
    public void Compile_RingOnAGrid_NeedsNoSwaps()
    {
        var circuit = new QuantumLayerSpec { Qubits = 8, Ansatz = "basic-entangler" }.BuildCircuit();
        Assert.Equal(0, new DeviceCompiler(TestDevices.Grid(3, 3, EntanglingGate.CZ), Quick).Compile(circuit).Report.Swaps);
        Assert.Equal(0, new DeviceCompiler(TestDevices.Grid(4, 5, EntanglingGate.CX), Quick).Compile(circuit).Report.Swaps);
    }

    /// <summary>The wires' final places, followed through the gates: a SWAP is the only gate that moves |1⟩ here.</summary>
    [Fact]
    public void Compile_WithSwaps_ReportsThePermutation()
    {
        for (var marked = 0; marked < 5; marked++)
        {
            var builder = new CircuitBuilder(5).X(marked);
            for (var first = 0; first < 5; first++)
            {
                for (var second = first + 1; second < 5; second++)
                    builder.CZ(first, second);
            }

            var compiled = new DeviceCompiler(TestDevices.Line(5, EntanglingGate.CX), Quick).Compile(builder.Build());
            Assert.True(compiled.Report.Swaps > 0);
            Assert.Equal(Enumerable.Range(0, 5), compiled.FinalWires.Order());
            Assert.Equal(Enumerable.Range(0, 5), compiled.InitialWires.Order());
            Assert.NotEqual(compiled.InitialWires, compiled.FinalWires);
            var native = compiled.Noisy.Circuit;
            var values = new double[5];
            new ReferenceEngine(new Circuit(5, 0, 0, native.Operations)).Forward([], [], values);
            for (var wire = 0; wire < 5; wire++)
                Assert.Equal(wire == compiled.FinalWires[marked] ? -1 : 1, values[wire], CompiledChecks.Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Entanglers))]
    public void Compile_Folded_KeepsValuesAndTriplesEntanglers(EntanglingGate entangler)
    {
        var circuit = new QuantumLayerSpec { Qubits = 4, Layers = 2, Ansatz = "hqconv" }.BuildCircuit();
        var profile = TestDevices.Grid(2, 3, entangler);
        var plain = new DeviceCompiler(profile, Quick).Compile(circuit);
        var folded = new DeviceCompiler(profile, Quick with { FoldingFactor = 3 }).Compile(circuit);
        CompiledChecks.Check(folded);
        Assert.Equal(3 * plain.Report.Entanglers, folded.Report.Entanglers);
        Assert.Equal(plain.Report.Pulses, folded.Report.Pulses);
        Assert.Equal(plain.Qubits, folded.Qubits);
        Assert.Equal(plain.FinalWires, folded.FinalWires);
    }

    [Fact]
    public void Compile_SameSeed_GivesTheSameCircuit()
    {
        var circuit = new QuantumLayerSpec { Qubits = 6, Layers = 3, Ansatz = "strongly-entangling" }.BuildCircuit();
        var compiler = new DeviceCompiler(TestDevices.HeavyHex(EntanglingGate.ECR), new CompilationOptions { Seed = 5 });
        var (first, second) = (compiler.Compile(circuit), compiler.Compile(circuit));
        Assert.Equal(first.Noisy.Circuit.ToString(), second.Noisy.Circuit.ToString());
        Assert.Equal(first.Report, second.Report);
        Assert.Equal(first.Noisy.Channels.Select(channel => $"{channel.Position} {channel.Channel} {string.Join(' ', channel.Wires)}"),
            second.Noisy.Channels.Select(channel => $"{channel.Position} {channel.Channel} {string.Join(' ', channel.Wires)}"));
    }

    /// <summary>Engines of noisy circuits need it: a SWAP that goes before a wire's input moves the input behind an entangler.</summary>
    [Theory]
    [MemberData(nameof(Entanglers))]
    public void Compile_WithSwaps_KeepsInputsBeforeAllEntanglers(EntanglingGate entangler)
    {
        var swaps = 0;
        foreach (var (profile, qubits) in
                new[] { (TestDevices.Line(6, entangler), 5), (TestDevices.Grid(3, 3, entangler), 6), (TestDevices.HeavyHex(entangler), 7) })
        {
            var compiled = new DeviceCompiler(profile, Quick).Compile(new QuantumLayerSpec { Qubits = qubits, Layers = 2, Ansatz = "sel" }.BuildCircuit());
            swaps += compiled.Report.Swaps;
            var joined = new HashSet<int>();
            foreach (var operation in compiled.Noisy.Circuit.Operations)
            {
                if (operation.Wires.Length == 2)
                    joined.UnionWith(operation.Wires);
                Assert.False(operation.Angle is { Source: AngleSource.Input } && joined.Contains(operation.Wires[0]), $"{profile.Name}: {operation}");
            }
        }

        Assert.True(swaps > 0);
    }

    [Fact]
    public void Compile_PrefersTheBetterQubits()
    {
        var profile = TestDevices.Line(9, EntanglingGate.CZ);
        profile = profile with
        {
            Couplings = [.. profile.Couplings.Select(
                edge => edge with { Gate = new GateProperties(68e-9, Math.Min(edge.First, edge.Second) is >= 4 and < 7 ? 1e-3 : 5e-2) })],
        };
        var compiled = new DeviceCompiler(profile, Quick).Compile(new QuantumLayerSpec { Qubits = 4 }.BuildCircuit());
        Assert.Equal([4, 5, 6, 7], compiled.Qubits);
    }

    [Fact]
    public void Compile_WithoutNoise_HasNoNoise()
    {
        var profile = TestDevices.WithoutNoise(TestDevices.Grid(2, 3, EntanglingGate.CX));
        var compiled = new DeviceCompiler(profile).Compile(new QuantumLayerSpec { Qubits = 5, Ansatz = "strongly-entangling" }.BuildCircuit());
        Assert.True(compiled.Noisy.IsIdeal);
        Assert.Equal(0, compiled.Report.NoiseOperations);
    }

    [Fact]
    public void Compile_ShippedProfiles_KeepsTheValues()
    {
        foreach (var profile in ShippedProfiles.Names.Select(ShippedProfiles.Find))
        {
            foreach (var ansatz in new[] { "ese2-recon", "crx-ring" })
            {
                var compiled = new DeviceCompiler(profile, Quick).Compile(new QuantumLayerSpec { Qubits = 5, Layers = 2, Ansatz = ansatz }.BuildCircuit());
                CompiledChecks.Check(compiled);
                Assert.False(compiled.Noisy.IsIdeal);
            }
        }
    }

    [Fact]
    public void Report_DescribesItself()
    {
        var profile = TestDevices.WithoutNoise(TestDevices.Line(2, EntanglingGate.CZ));
        var report = new DeviceCompiler(profile).Compile(new CircuitBuilder(2).H(0).CNOT(0, 1).Build()).Report;
        Assert.Equal(
            "Compiled to line-2 on 2 qubits: 5 native gates (1 virtual RZ, 3 pulses, 1 two-qubit gate) with 0 SWAPs inserted; depth 3, "
                + "duration 0.14 µs, 0 noise operations.",
            report.ToString());
    }

    [Fact]
    public void Compile_WhatTheDeviceCannotDo_SaysSoInOneLine()
    {
        var line = TestDevices.Line(3, EntanglingGate.CZ);
        Fails(line, new CircuitBuilder(4).Build(), "it has 3 qubit(s), the circuit needs 4");
        Fails(line, new CircuitBuilder(2).PrepareAmplitudes().Build(), "starts from amplitudes");
        Fails(line, new CircuitBuilder(2).Build([Observable.Pauli("Z0*X1")]), "Z0*X1 is not measured");
        var broken = TestDevices.Noisy("broken", 4, EntanglingGate.CZ, [(0, 1), (2, 3)]);
        Fails(broken, new CircuitBuilder(3).CZ(0, 2).Build(), "connect no more than 2 of its 4 qubits");
        Assert.Equal(0, new DeviceCompiler(broken).Compile(new CircuitBuilder(3).H(0).Build()).Report.Entanglers);
        var options = Assert.Throws<InputException>(() => new DeviceCompiler(line, new CompilationOptions { FoldingFactor = 2, Trials = 0 }));
        Assert.Equal("compilation: trials: 0 is not allowed; allowed: 1 to 1000; folding factor: 2 is not allowed; allowed: odd numbers from 1 to 99", options.Message);
    }

    [Fact]
    public void Compile_64WiresOnALargerDevice_UsesNoMore()
    {
        var star = TestDevices.Noisy("star", 65, EntanglingGate.CZ, Enumerable.Range(1, 64).Select(k => (0, k)));
        var builder = new CircuitBuilder(64);
        for (var k = 0; k < 64; k += 2)
            builder.H(k).CNOT(k, k + 1);
        Assert.Equal(64, new DeviceCompiler(star, Quick).Compile(builder.Build()).Qubits.Length);
        var ring = new QuantumLayerSpec { Qubits = 64, Ansatz = "strongly-entangling", Layers = 1 }.BuildCircuit();
        var compiled = new DeviceCompiler(TestDevices.Grid(10, 10, EntanglingGate.ECR), Quick with { Trials = 1 }).Compile(ring);
        Assert.Equal(64, compiled.Qubits.Length);
    }

    private static void Fails(DeviceProfile profile, Circuit circuit, string part)
    {
        var error = Assert.Throws<InputException>(() => new DeviceCompiler(profile).Compile(circuit));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains(profile.Name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static Circuit MeasuredInZ(Circuit circuit, ulong seed)
    {
        var random = new CounterRandom(seed, 3);
        Observable[]? sums = random.NextInt(2) == 0 ? null : [new Observable(Enumerable.Range(0, 3)
            .Select(_ => new PauliTerm(random.NextDouble(-1, 1), new PauliString(0, (ulong)random.NextInt(1 << circuit.WireCount)))))];
        return new Circuit(circuit.WireCount, circuit.InputCount, circuit.WeightCount, circuit.Operations, sums);
    }
}
