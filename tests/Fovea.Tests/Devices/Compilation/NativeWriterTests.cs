using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Devices.Compilation;

/// <summary>Native gates in numbers an expert would expect.</summary>
public sealed class NativeWriterTests
{
    [Theory]
    [InlineData(GateKind.I, 0)]
    [InlineData(GateKind.X, 2)]
    [InlineData(GateKind.Y, 2)]
    [InlineData(GateKind.Z, 0)]
    [InlineData(GateKind.H, 1)]
    [InlineData(GateKind.S, 0)]
    [InlineData(GateKind.T, 0)]
    [InlineData(GateKind.SX, 1)]
    [InlineData(GateKind.RX, 2)]
    [InlineData(GateKind.RY, 2)]
    [InlineData(GateKind.RZ, 0)]
    [InlineData(GateKind.Phase, 0)]
    public void Write_GateOnOneWire_TakesTheFewestPulses(GateKind kind, int pulses)
    {
        Angle?[] angles = GateInfo.Of(kind).HasAngle ? [Angle.Weight(0), Angle.Input(0), Angle.Constant(0.3)] : [null];
        foreach (var angle in angles)
        {
            var builder = new CircuitBuilder(2).CZ(0, 1).Append(kind, angle, 0).CZ(0, 1);
            Assert.Equal(pulses, Compile(EntanglingGate.CZ, builder).Report.Pulses);
        }
    }

    [Fact]
    public void Write_Rot_TakesTwoPulses()
    {
        var builder = new CircuitBuilder(1);
        builder.Rot(builder.NewWeight(), builder.NewWeight(), builder.NewWeight(), 0);
        Assert.Equal(2, Compile(EntanglingGate.CZ, builder).Report.Pulses);
    }

    [Fact]
    public void Write_FixedGates_MergeAndCancel()
    {
        Assert.Equal(0, Compile(EntanglingGate.CZ, new CircuitBuilder(1).H(0).H(0)).Report.Gates);
        Assert.Equal(0, Compile(EntanglingGate.CZ, new CircuitBuilder(1).SX(0).SX(0).SX(0).SX(0)).Report.Gates);
        Assert.Equal(0, Compile(EntanglingGate.CZ, new CircuitBuilder(2).RZ(Angle.Weight(0), 0).CZ(0, 1).RZ(Angle.Weight(1), 1)).Report.VirtualRotations);
        Assert.Equal(2, Compile(EntanglingGate.CZ, new CircuitBuilder(1).H(0).T(0).H(0).T(0).H(0).T(0).H(0)).Report.Pulses);
    }

    /// <summary>S passes the control of CX and the CZ, and merges with S on the other side.</summary>
    [Theory]
    [InlineData(EntanglingGate.CZ)]
    [InlineData(EntanglingGate.CX)]
    [InlineData(EntanglingGate.RZZ)]
    [InlineData(EntanglingGate.ECR)]
    public void Write_FixedRotations_PassTheControl(EntanglingGate entangler)
    {
        var builder = new CircuitBuilder(2).SX(0).SX(1).T(0).CNOT(0, 1).T(0).SX(0).SX(1);
        var compiled = Compile(entangler, builder);
        Assert.True(compiled.Noisy.Circuit.Operations.Count(operation => operation.Kind == GateKind.RZ && operation.Wires[0] == compiled.InitialWires[0]) <= 1);
        CompiledChecks.Check(compiled);
    }

    [Theory]
    [InlineData(GateKind.CNOT, 1, 1, 1)]
    [InlineData(GateKind.CY, 1, 1, 1)]
    [InlineData(GateKind.CZ, 1, 1, 1)]
    [InlineData(GateKind.SWAP, 3, 3, 3)]
    [InlineData(GateKind.CRX, 2, 2, 1)]
    [InlineData(GateKind.CRY, 2, 2, 1)]
    [InlineData(GateKind.CRZ, 2, 2, 1)]
    [InlineData(GateKind.ControlledPhase, 2, 2, 1)]
    [InlineData(GateKind.RXX, 2, 2, 1)]
    [InlineData(GateKind.RYY, 2, 2, 1)]
    [InlineData(GateKind.RZZ, 2, 2, 1)]
    [InlineData(GateKind.Toffoli, 6, 6, 6)]
    public void Write_GateOnMoreWires_TakesTheTextbookEntanglers(GateKind kind, int cz, int cx, int rzz)
    {
        var info = GateInfo.Of(kind);
        foreach (var (entangler, expected) in new[] { (EntanglingGate.CZ, cz), (EntanglingGate.CX, cx), (EntanglingGate.ECR, cx), (EntanglingGate.RZZ, rzz) })
        {
            var builder = new CircuitBuilder(info.WireCount).Append(kind, info.HasAngle ? Angle.Weight(0) : null, [.. Enumerable.Range(0, info.WireCount)]);
            var report = new DeviceCompiler(TestDevices.AllToAll(3, entangler)).Compile(builder.Build()).Report;
            Assert.Equal(expected, report.Entanglers);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.Entanglers), MemberType = typeof(TestDevices))]
    public void Write_EqualEntanglersInARow_Cancel(EntanglingGate entangler)
    {
        var twice = Compile(entangler, new CircuitBuilder(2).SX(0).SX(1).CNOT(0, 1).CNOT(0, 1));
        Assert.Equal(0, twice.Report.Entanglers);
        CompiledChecks.Check(twice);
        foreach (var (control, target) in new[] { (0, 1), (1, 0) })
        {
            var swapped = Compile(entangler, new CircuitBuilder(2).RX(Angle.Weight(0), 0).RY(Angle.Weight(1), 1).CNOT(control, target).SWAP(0, 1));
            Assert.Equal(2, swapped.Report.Entanglers);
            CompiledChecks.Check(swapped);
        }
    }

    /// <summary>CX against the direction of the coupling takes a Hadamard before and behind on both qubits.</summary>
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 4)]
    public void Write_CXByDirection_TakesHadamardsWhenReversed(int control, int target, int pulses)
    {
        var steps = new StepList();
        steps.ControlledX(control, target);
        var gates = NativeWriter.Write(new DeviceGraph(Pair(EntanglingGate.CX)), steps.Steps, foldingFactor: 1);
        Assert.Equal(pulses, gates.Count(gate => gate.Kind == NativeKind.Pulse));
        Assert.Equal((0, 1), gates.Where(gate => gate.Kind == NativeKind.Entangler).Select(gate => (gate.First, gate.Second)).Single());
    }

    /// <summary>The circuit's stand-in for ECR is X₁·RZX(π/2) = (X⊗I − Y⊗X)/√2 but for RZ(π/2) on its first qubit.</summary>
    [Fact]
    public void Ecr_AsItsGroup_IsEcr()
    {
        var group = CompiledChecks.Unitary(2, new CircuitBuilder(2).RZ(Angle.Constant(Math.PI / 2), 0).CNOT(0, 1).SX(1).X(0).Build().Operations);
        var half = Math.Sqrt(0.5);
        var i = System.Numerics.Complex.ImaginaryOne;
        // Wire 0 is the left factor: X⊗I = [[0, I], [I, 0]] and Y⊗X = [[0, −iX], [iX, 0]].
        var ecr = new[,] { { 0, 0, half, i * half }, { 0, 0, i * half, half }, { half, -i * half, 0, 0 }, { -i * half, half, 0, 0 } };
        Assert.Equal(1, Overlap(ecr, group), 1e-12);
    }

    private static double Overlap(System.Numerics.Complex[,] left, System.Numerics.Complex[,] right)
    {
        var sum = System.Numerics.Complex.Zero;
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 4; column++)
                sum += System.Numerics.Complex.Conjugate(left[row, column]) * right[row, column];
        }

        return sum.Magnitude / 4;
    }

    private static DeviceProfile Pair(EntanglingGate entangler) => TestDevices.Line(2, entangler);

    private static CompiledCircuit Compile(EntanglingGate entangler, CircuitBuilder builder) =>
        new DeviceCompiler(Pair(entangler)).Compile(builder.Build());
}
