using Fovea.Devices.Exchange;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Devices.Exchange;

/// <summary>Programs written by hand whose results are known on paper.</summary>
public sealed class ProgramTests
{
    private const string Head = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n";

    [Fact]
    public void Read_Bell_HasThreeCorrelations()
    {
        var program = OpenQasmReader.Read(Head + "qubit[2] q; h q[0]; cx q[0], q[1];");
        AssertValues(program, ["X0*X1", "Y0*Y1", "Z0*Z1", "Z0", "Z1"], [1, -1, 1, 0, 0]);
    }

    [Fact]
    public void Read_Ghz_HasItsStabilisers()
    {
        var program = OpenQasmReader.Read("""
            OPENQASM 2.0;
            include "qelib1.inc"; /* three
            qubits */
            qreg q[3]; creg c[3];
            h q[0]; cx q[0],q[1]; cx q[1],q[2];
            barrier q;
            measure q -> c;
            """);
        AssertValues(program, ["X0*X1*X2", "Z0*Z1", "Z1*Z2", "X0*Y1*Y2", "Z0"], [1, 1, 1, -1, 0]);
        Assert.Equal(["c[0]", "c[1]", "c[2]"], program.Bits);
    }

    /// <summary>⟨X⟩ = sin θ cos φ, ⟨Y⟩ = sin θ sin φ, ⟨Z⟩ = cos θ on |0⟩, whatever λ is.</summary>
    [Theory]
    [InlineData("U(0.7, 0.4, 2.1) q;", 0.7, 0.4)]
    [InlineData("u3(0.7, 0.4, 2.1) q;", 0.7, 0.4)]
    [InlineData("u2(0.4, 2.1) q;", Math.PI / 2, 0.4)]
    [InlineData("u1(0.9) q; ry(0.7) q; p(0.4) q; gphase(pi/3);", 0.7, 0.4)]
    public void Read_GeneralGate_TurnsTheVector(string gates, double theta, double phi)
    {
        var program = OpenQasmReader.Read(Head + "qubit q;" + gates);
        var expected = new[] { Math.Sin(theta) * Math.Cos(phi), Math.Sin(theta) * Math.Sin(phi), Math.Cos(theta) };
        AssertValues(program, ["X0", "Y0", "Z0"], expected);
    }

    /// <summary>On |+⟩ the last angle turns first: with θ = 0 the angles φ and λ add up.</summary>
    [Fact]
    public void Read_GeneralGateOnPlus_UsesLambda()
    {
        var program = OpenQasmReader.Read(Head + "qubit q; h q; U(0, 0.3, 0.5) q;");
        AssertValues(program, ["X0", "Y0"], [Math.Cos(0.8), Math.Sin(0.8)]);
    }

    [Theory]
    [InlineData("rx(v + 0.25) q;", "RX(0.25) 0|RX(x0) 0")]
    [InlineData("rx(2*v - w/4) q;", "RX(2*x0) 0|RX(-0.25*x1) 0")]
    [InlineData("rz(v*w*3) q;", "RZ(3*x0*x1) 0")]
    [InlineData("rz((v + 1)*(w - 2)) q;", "RZ(-2) 0|RZ(-2*x0) 0|RZ(x1) 0|RZ(x0*x1) 0")]
    [InlineData("rz(v**2) q;", "RZ(x0*x0) 0")]
    [InlineData("rz(v - v) q;", "RZ(0) 0")]
    [InlineData("rz(-2**2) q;", "RZ(-4) 0")]
    [InlineData("rz(2**-1) q;", "RZ(0.5) 0")]
    [InlineData("rz(2**3**0) q;", "RZ(2) 0")]
    [InlineData("rz(sin(0) + sqrt(4) + ln(1) + exp(0) + cos(0) + tan(0)) q;", "RZ(4) 0")]
    [InlineData("rz(1_000 / 1e3 + .5) q;", "RZ(1.5) 0")]
    [InlineData("const int n = 3; const float a = n/2; rz(a) q;", "RZ(1.5) 0")]
    [InlineData("gate twice(t) a { rx(t) a; rx(2*t) a; } twice(w) q;", "RX(x1) 0|RX(2*x1) 0")]
    [InlineData("gate outer(t) a { inner(t, 1) a; }", null)]
    [InlineData("inv @ rx(v) q; inv @ s q; inv @ h q;", "RX(-1*x0) 0|Phase(-1.5707963267948966) 0|H 0")]
    [InlineData("gate g(t) a { h a; rx(t) a; } inv @ g(v) q;", "RX(-1*x0) 0|H 0")]
    [InlineData("reset q; x q; barrier q;", "X 0")]
    public void Read_Angles_BecomeRotations(string statements, string? expected)
    {
        var text = Head + "input float[64] v; input angle w; qubit q;" + statements;
        if (expected is null)
        {
            Assert.Throws<Fovea.Core.Errors.InputException>(() => OpenQasmReader.Read(text));
            return;
        }

        Assert.Equal(expected, string.Join('|', OpenQasmReader.Read(text).Circuit.Operations));
    }

    [Theory]
    [InlineData("h q;", "H 0|H 1")]
    [InlineData("cx q, r;", "CNOT 0 2|CNOT 1 3")]
    [InlineData("cx q[1], r;", "CNOT 1 2|CNOT 1 3")]
    [InlineData("cx q[-1], k;", "CNOT 1 4")]
    [InlineData("ctrl @ x q[0], k;", "CNOT 0 4")]
    [InlineData("ctrl(2) @ x q[0], q[1], k;", "Toffoli 0 1 4")]
    [InlineData("ctrl @ inv @ rz(1) q[0], k;", "CRZ(-1) 0 4")]
    [InlineData("inv @ ctrl @ s q[0], k;", "ControlledPhase(-1.5707963267948966) 0 4")]
    [InlineData("gate my a, b { cx b, a; barrier a, b; } my q, r;", "CNOT 2 0|CNOT 3 1")]
    public void Read_Operands_BecomeWires(string statements, string expected)
    {
        var program = OpenQasmReader.Read(Head + "qubit[2] q; qubit[2] r; qubit k;" + statements);
        Assert.Equal(expected, string.Join('|', program.Circuit.Operations));
        Assert.Equal(["q[0]", "q[1]", "r[0]", "r[1]", "k"], program.Qubits);
    }

    [Fact]
    public void Read_SomeMeasured_ObservesThemInTheOrderOfTheBits()
    {
        var program = OpenQasmReader.Read(Head + "qubit[3] q; bit[2] c; bit d = measure q[0]; c[1] = measure q[1]; h q[2]; measure q[2] -> c[0];");
        Assert.Equal([Observable.Z(2), Observable.Z(1), Observable.Z(0)], program.Circuit.Observables);
        Assert.Equal(["c[0]", "c[1]", "d"], program.Bits);
    }

    /// <summary>Gates of the include files beyond ours against the same unitary written with a control on each factor.</summary>
    [Theory]
    [InlineData("ch", "ry(-pi/4) q[1]; cz q[0], q[1]; ry(pi/4) q[1];")]
    [InlineData("cswap", "cx q[2], q[1]; ccx q[0], q[1], q[2]; cx q[2], q[1];")]
    [InlineData("cu3(0.3, 0.5, 0.7)", "u1(0.6) q[0]; u1(0.1) q[1]; cx q[0], q[1]; u3(-0.15, 0, -0.6) q[1]; cx q[0], q[1]; u3(0.15, 0.5, 0) q[1];")]
    [InlineData("csx", "h q[1]; cu1(pi/2) q[0], q[1]; h q[1];")]
    public void Read_LibraryGate_EqualsItsDefinition(string gate, string definition)
    {
        const string Start = "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[3]; ry(0.3) q[0]; ry(0.9) q[1]; rx(1.4) q[2]; ";
        var operands = gate == "cswap" ? "q[0], q[1], q[2]" : "q[0], q[1]";
        var called = OpenQasmReader.Read(Start + $"{gate} {operands};").Circuit;
        var written = OpenQasmReader.Read(Start + definition).Circuit;
        var all = Enumerable.Range(1, 63).Select(code => new Observable([new PauliTerm(1, new PauliString((ulong)code & 7, (ulong)code >> 3))])).ToArray();
        Expectations.AssertEqual(
            Expectations.Of(Expectations.Observing(written, all)), Expectations.Of(Expectations.Observing(called, all)));
    }

    [Fact]
    public void Read_OldLibrary_MayDefineLaterGates()
    {
        var program = OpenQasmReader.Read(
            "OPENQASM 2.0; include \"qelib1.inc\"; gate swap a,b { cx a,b; cx b,a; cx a,b; } qreg q[2]; swap q[0],q[1];");
        Assert.Equal(3, program.Circuit.Operations.Length);
    }

    private static void AssertValues(QasmProgram program, string[] observables, double[] expected) =>
        Expectations.AssertEqual(
            expected, Expectations.Of(Expectations.Observing(program.Circuit, observables.Select(Observable.Pauli))));
}
