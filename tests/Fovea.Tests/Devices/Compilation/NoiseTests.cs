using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Devices.Compilation;

public sealed class NoiseTests
{
    private static readonly QubitProperties Quiet = new(double.PositiveInfinity, double.PositiveInfinity, 0, new GateProperties(40e-9, 0), ReadoutError.None);

    public static TheoryData<EntanglingGate> Entanglers => TestDevices.Entanglers;

    /// <summary>Fidelity of the composed channels without the over-rotation, which is no part of the error.</summary>
    [Theory]
    [MemberData(nameof(Entanglers))]
    public void GateChannels_Composed_HaveTheProfilesError(EntanglingGate entangler)
    {
        var profile = TestDevices.Mixed(TestDevices.Grid(2, 3, entangler), (ulong)entangler);
        var noise = new GateNoise(new DeviceGraph(profile));
        for (var qubit = 0; qubit < profile.Qubits.Length; qubit++)
        {
            var channels = noise.Of(new NativeGate(NativeKind.Pulse, qubit));
            Assert.Equal(3, channels.Length);
            Assert.Equal(profile.Qubits[qubit].Pulse.Error, 1 - Composed([.. channels.Skip(1)], 1).AverageFidelity, 1e-12);
        }

        foreach (var edge in profile.Couplings)
        {
            var channels = noise.Of(new NativeGate(NativeKind.Entangler, edge.First, edge.Second));
            Assert.Equal(4, channels.Length);
            Assert.Equal(edge.Gate.Error, 1 - Composed([.. channels.Skip(1)], 2).AverageFidelity, 1e-12);
        }
    }

    [Fact]
    public void GateChannels_RelaxationBeyondTheError_HaveNoDepolarizing()
    {
        var profile = Pair(new(1e-6, 1e-6, 0, new GateProperties(100e-9, 1e-5), ReadoutError.None), 1e-4);
        var channels = new GateNoise(new DeviceGraph(profile)).Of(new NativeGate(NativeKind.Pulse, 0));
        Assert.StartsWith("thermal-relaxation", Assert.Single(channels).Channel.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void GateChannels_OverRotation_AddsToTheGate()
    {
        var pulse = Quiet with { Pulse = new GateProperties(40e-9, 0, 0.1) };
        var compiled = new DeviceCompiler(Pair(pulse, 0)).Compile(new CircuitBuilder(1).SX(0).Build());
        var channel = Assert.Single(compiled.Noisy.Channels).Channel;
        // SX is RX(π/2): with the excess, ⟨Z⟩ = cos(π/2 + 0.1) = −sin 0.1, which the channel's transfer of Y to Z shows.
        Assert.Equal(Math.Sin(0.1), channel.Transfer[3, 2], 1e-12);
    }

    /// <summary>X₁·RZX(π/2 + ε) is the group that stands for ECR, then the channel behind it.</summary>
    [Fact]
    public void GateChannels_EcrOverRotation_IsTheExcessOfTheCrossResonance()
    {
        var profile = Pair(Quiet, 0, 0.2, EntanglingGate.ECR);
        var channel = Assert.Single(new GateNoise(new DeviceGraph(profile)).Of(new NativeGate(NativeKind.Entangler, 0, 1))).Channel;
        var excessive = new CircuitBuilder(2).H(1).RZZ(Angle.Constant((Math.PI / 2) + 0.2), 0, 1).H(1).X(0);
        var group = new CircuitBuilder(2).RZ(Angle.Constant(Math.PI / 2), 0).CNOT(0, 1).SX(1).X(0);
        var expected = new QuantumChannel("excessive", [CompiledChecks.Unitary(2, excessive.Build().Operations)]);
        var actual = new QuantumChannel("group", [CompiledChecks.Unitary(2, group.Build().Operations)]).Then(channel);
        for (var k = 0; k < 256; k++)
            Assert.Equal(expected.Transfer[k / 16, k % 16], actual.Transfer[k / 16, k % 16], 1e-12);
    }

    /// <summary>Wire 1 waits in |0⟩ and relaxes to |0⟩: nothing. Wire 0 waits for the end: one channel for its whole gap.</summary>
    [Fact]
    public void Idle_OneChannelAGap()
    {
        var qubit = Quiet with { T1 = 100e-6, T2 = 80e-6 };
        var builder = new CircuitBuilder(2).RX(Angle.Weight(0), 0).CZ(0, 1).RX(Angle.Weight(1), 1).RX(Angle.Weight(2), 1);
        var compiled = new DeviceCompiler(Pair(qubit, 0)).Compile(builder.Build());
        var names = compiled.Noisy.Channels.Where(channel => channel.Wires is [var wire] && wire == compiled.FinalWires[0])
            .Select(channel => channel.Channel.Name);
        // Two pulses, the entangler, and the wait for the two pulses that RX·RX = H·RZ·RZ·H takes.
        Assert.Equal(["thermal-relaxation(40 ns)", "thermal-relaxation(40 ns)", "thermal-relaxation(70 ns)", "thermal-relaxation(80 ns)"], names);
        var others = compiled.Noisy.Channels.Count(channel => channel.Wires[0] == compiled.FinalWires[1]);
        Assert.Equal(3, others);
        Assert.Equal(230e-9, compiled.Report.Seconds, 1e-15);
    }

    [Fact]
    public void Idle_ExcitedPopulation_ActsOnZeroToo()
    {
        var qubit = Quiet with { T1 = 100e-6, T2 = 80e-6, ExcitedPopulation = 0.1 };
        var circuit = new CircuitBuilder(2).H(0).Build();
        var compiled = new DeviceCompiler(Pair(qubit, 0)).Compile(circuit);
        Assert.Single(compiled.Noisy.Channels, channel => channel.Wires[0] == compiled.FinalWires[1]);
        var off = new DeviceCompiler(Pair(qubit, 0), new CompilationOptions { RelaxationWhileIdle = false }).Compile(circuit);
        Assert.DoesNotContain(off.Noisy.Channels, channel => channel.Wires[0] == compiled.FinalWires[1]);
    }

    [Fact]
    public void Noise_ReadoutIsOfTheMeasuredQubits()
    {
        var profile = TestDevices.Line(5, EntanglingGate.CZ);
        var compiled = new DeviceCompiler(profile).Compile(new QuantumLayerSpec { Qubits = 4, Ansatz = "strongly-entangling" }.BuildCircuit());
        for (var wire = 0; wire < compiled.Qubits.Length; wire++)
            Assert.Equal(compiled.FinalWires.Contains(wire) ? profile.Qubits[compiled.Qubits[wire]].Readout : ReadoutError.None, compiled.Noisy.Readout[wire]);
    }

    /// <summary>A Bell pair whose only noise is the entangler's: with e = p·(1 − 1/4), ⟨ZZ⟩ = (1 − p) to the power of the folding.</summary>
    [Theory]
    [MemberData(nameof(Entanglers))]
    public void Noise_OfAFoldedBellPair_IsThePowerOfOne(EntanglingGate entangler)
    {
        const double Error = 0.03;
        var circuit = new CircuitBuilder(2).H(0).CNOT(0, 1).Build([Observable.Pauli("Z0*Z1")]);
        foreach (var folding in new[] { 1, 3, 5 })
        {
            var compiled = new DeviceCompiler(Pair(Quiet, Error, entangler: entangler), new CompilationOptions { FoldingFactor = folding }).Compile(circuit);
            Assert.Equal(folding, compiled.Report.NoiseOperations);
            Assert.Equal(Math.Pow(1 - (Error * 4 / 3), folding), Noisy(compiled)[0], 1e-12);
        }
    }

    /// <summary>|1⟩ waits while the others are entangled: ⟨Z⟩ = 1 − 2·e^(−t/T1).</summary>
    [Fact]
    public void Noise_OfAWait_IsTheDecayForItsTime()
    {
        var qubit = Quiet with { T1 = 1e-6, T2 = 1e-6, Pulse = new GateProperties(0, 0) };
        var profile = Pair(qubit, 0) with { Qubits = [qubit, qubit, qubit] };
        profile = profile with { Couplings = [.. profile.Couplings, new Coupling(1, 2, new GateProperties(70e-9, 0))] };
        var compiled = new DeviceCompiler(profile).Compile(new CircuitBuilder(3).X(0).H(1).H(2).CZ(1, 2).Build());
        Assert.Equal(1 - (2 * Math.Exp(-0.07)), Noisy(compiled)[0], 1e-12);
    }

    /// <summary>Gates of later layers stand behind all that start before them.</summary>
    [Fact]
    public void Schedule_GatesAreInOrderOfTime()
    {
        var builder = new CircuitBuilder(3);
        foreach (var wire in new[] { 0, 1, 2 })
            builder.SX(wire).RZ(Angle.Weight(wire), wire).SX(wire);
        var compiled = new DeviceCompiler(TestDevices.Line(3, EntanglingGate.CZ)).Compile(builder.Build());
        var pulses = compiled.Noisy.Circuit.Operations.Where(operation => operation.Kind == GateKind.SX).Select(operation => operation.Wires[0]).ToArray();
        Assert.Equal(3, pulses[..3].Distinct().Count());
        Assert.Equal(3, pulses[3..].Distinct().Count());
    }

    private static double[] Noisy(CompiledCircuit compiled)
    {
        var values = new double[compiled.Logical.Observables.Length];
        new DensityMatrixEngine(compiled.Noisy).Forward([], [], values);
        return values;
    }

    private static QuantumChannel Composed(PlacedChannel[] channels, int qubits)
    {
        var composed = new QuantumChannel("nothing", [Identity(1 << qubits)]);
        foreach (var (channel, places) in channels)
            composed = composed.Then(qubits == channel.WireCount ? channel : Widened(channel, places[0] == channels[^1].Qubits[0]));
        return composed;
    }

    private static QuantumChannel Widened(QuantumChannel channel, bool isFirst) => new(channel.Name, channel.Kraus.Select(kraus =>
    {
        var wide = new System.Numerics.Complex[4, 4];
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                var (left, right) = ((row >> 1, column >> 1), (row & 1, column & 1));
                var (own, other) = isFirst ? (left, right) : (right, left);
                wide[row, column] = other.Item1 == other.Item2 ? kraus[own.Item1, own.Item2] : 0;
            }
        }

        return wide;
    }));

    private static System.Numerics.Complex[,] Identity(int size)
    {
        var matrix = new System.Numerics.Complex[size, size];
        for (var k = 0; k < size; k++)
            matrix[k, k] = 1;
        return matrix;
    }

    private static DeviceProfile Pair(QubitProperties qubit, double error, double excess = 0, EntanglingGate entangler = EntanglingGate.CZ) => new()
    {
        Name = "pair",
        Entangler = entangler,
        Qubits = [qubit, qubit],
        Couplings = [new Coupling(0, 1, new GateProperties(70e-9, error, excess))],
    };
}
