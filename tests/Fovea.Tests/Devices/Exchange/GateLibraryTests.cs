using System.Numerics;
using Fovea.Devices.Exchange;
using Fovea.Tests.Devices.Compilation;

namespace Fovea.Tests.Devices.Exchange;

/// <summary>Gates of the include files, and gates under modifiers, as matrices.</summary>
public sealed class GateLibraryTests
{
    private const string C3X = "h d; p(pi/8) a; p(pi/8) b; p(pi/8) c; p(pi/8) d; cx a,b; p(-pi/8) b; cx a,b; cx b,c; p(-pi/8) c; cx a,c; p(pi/8) c; cx b,c; "
        + "p(-pi/8) c; cx a,c; cx c,d; p(-pi/8) d; cx b,d; p(pi/8) d; cx c,d; p(-pi/8) d; cx a,d; p(pi/8) d; cx c,d; p(-pi/8) d; cx b,d; p(pi/8) d; "
        + "cx c,d; p(-pi/8) d; cx a,d; h d;";

    private const string C3SqrtX = "h d; cu1(pi/8) a,d; h d; cx a,b; h d; cu1(-pi/8) b,d; h d; cx a,b; h d; cu1(pi/8) b,d; h d; "
        + "cx b,c; h d; cu1(-pi/8) c,d; h d; "
        + "cx a,c; h d; cu1(pi/8) c,d; h d; cx b,c; h d; cu1(-pi/8) c,d; h d; cx a,c; h d; cu1(pi/8) c,d; h d;";

    /// <summary>The published definitions of qelib1.inc.</summary>
    [Theory]
    [InlineData("rccx", "", "a,b,c", "u2(0,pi) c; u1(pi/4) c; cx b,c; u1(-pi/4) c; cx a,c; u1(pi/4) c; cx b,c; u1(-pi/4) c; u2(0,pi) c;")]
    [InlineData("rc3x", "", "a,b,c,d", "u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d; u2(0,pi) d; cx a,d; u1(pi/4) d; cx b,d; u1(-pi/4) d; cx a,d; "
        + "u1(pi/4) d; cx b,d; u1(-pi/4) d; u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d; u2(0,pi) d;")]
    [InlineData("c3x", "", "a,b,c,d", C3X)]
    [InlineData("c3sqrtx", "", "a,b,c,d", C3SqrtX)]
    [InlineData("c3sx", "", "a,b,c,d", C3SqrtX)]
    [InlineData("c4x", "", "a,b,c,d,e", "h e; cu1(pi/2) d,e; h e; three a,b,c,d; h e; cu1(-pi/2) d,e; h e; three a,b,c,d; root a,b,c,e;")]
    [InlineData("u0", "(0.3)", "a", "U(0,0,0) a;")]
    [InlineData("u", "(0.3,0.5,0.7)", "a", "U(0.3,0.5,0.7) a;")]
    [InlineData("sxdg", "", "a", "s a; h a; s a;")]
    [InlineData("ch", "", "a,b", "h b; sdg b; cx a,b; h b; t b; cx a,b; t b; h b; s b; x b; s a;")]
    [InlineData("ccx", "", "a,b,c", "h c; cx b,c; tdg c; cx a,c; t c; cx b,c; tdg c; cx a,c; t b; t c; h c; cx a,b; t a; tdg b; cx a,b;")]
    [InlineData("crx", "(0.3)", "a,b", "u1(pi/2) b; cx a,b; u3(-0.3/2,0,0) b; cx a,b; u3(0.3/2,-pi/2,0) b;")]
    [InlineData("cry", "(0.3)", "a,b", "u3(0.3/2,0,0) b; cx a,b; u3(-0.3/2,0,0) b; cx a,b;")]
    [InlineData("cu1", "(0.3)", "a,b", "u1(0.3/2) a; cx a,b; u1(-0.3/2) b; cx a,b; u1(0.3/2) b;")]
    [InlineData(
        "cu",
        "(0.3,0.5,0.7,0.9)",
        "a,b",
        "p(0.9) a; p((0.7+0.5)/2) a; p((0.7-0.5)/2) b; cx a,b; u(-0.3/2,0,-(0.5+0.7)/2) b; cx a,b; u(0.3/2,0.5,0) b;")]
    [InlineData("rxx", "(0.3)", "a,b", "u3(pi/2,0.3,0) a; h b; cx a,b; u1(-0.3) b; cx a,b; h b; u2(-pi,pi-0.3) a;")]
    [InlineData("rzz", "(0.3)", "a,b", "cx a,b; u1(0.3) b; cx a,b;")]
    [InlineData("ryy", "(0.3)", "a,b", "rx(pi/2) a; rx(pi/2) b; cx a,b; rz(0.3) b; cx a,b; rx(-pi/2) a; rx(-pi/2) b;")]
    [InlineData("rzx", "(0.3)", "a,b", "h b; cx a,b; rz(0.3) b; cx a,b; h b;")]
    [InlineData("ecr", "", "a,b", "s a; sx b; cx a,b; x a;")]
    [InlineData("iswap", "", "a,b", "s a; s b; h a; cx a,b; cx b,a; h b;")]
    [InlineData("dcx", "", "a,b", "cx a,b; cx b,a;")]
    [InlineData("ccz", "", "a,b,c", "h c; ccx a,b,c; h c;")]
    [InlineData("cs", "", "a,b", "cp(pi/2) a,b;")]
    [InlineData("csdg", "", "a,b", "cp(-pi/2) a,b;")]
    [InlineData("csx", "", "a,b", "h b; cu1(pi/2) a,b; h b;")]
    [InlineData("r", "(0.3,0.5)", "a", "u3(0.3,0.5-pi/2,-0.5+pi/2) a;")]
    public void Read_GateOfQelib1_IsItsPublishedDefinition(string name, string angles, string qubits, string definition)
    {
        var count = qubits.Count(char.IsLetter);
        var wires = string.Join(',', Enumerable.Range(0, count).Select(k => $"q[{k}]"));
        var head = $"OPENQASM 2.0; include \"qelib1.inc\"; gate three a,b,c,d {{ {C3X} }} gate root a,b,c,d {{ {C3SqrtX} }} gate mine "
            + $"{qubits} {{ {definition} }} qreg q[{count}]; ";
        AssertEqual(Unitary(head + $"mine {wires};"), Unitary(head + $"{name}{angles} {wires};"));
    }

    /// <summary>Against a gate that is the same, phases included, by the definitions of stdgates.inc.</summary>
    [Theory]
    [InlineData("ctrl @ U(0.3,0.5,0.7) a, b;", "p(0.15) a; cu(0.3,0.5,0.7,0) a, b;")]
    [InlineData("ctrl @ u3(0.3,0.5,0.7) a, b;", "cu(0.3,0.5,0.7,-0.6) a, b;")]
    [InlineData("ctrl @ u2(0.5,0.7) a, b;", "cu(pi/2,0.5,0.7,-0.6) a, b;")]
    [InlineData("ctrl @ u1(0.5) a, b;", "cp(0.5) a, b;")]
    [InlineData("ctrl @ h a, b;", "ch a, b;")]
    [InlineData("ctrl @ sx a, b;", "h b; cp(pi/2) a, b; h b;")]
    [InlineData("ctrl @ gphase(0.4) a;", "p(0.4) a;")]
    [InlineData("ctrl(2) @ gphase(0.4) a, b;", "cp(0.4) a, b;")]
    [InlineData("ctrl @ ctrl @ gphase(0.4) a, b;", "cp(0.4) a, b;")]
    [InlineData("gate g x { U(pi, 0, pi) x; gphase(-pi/2); } ctrl @ g a, b;", "cx a, b;")]
    [InlineData("gate g(t) x { gphase(-t/2); U(0, 0, t) x; } ctrl @ g(0.4) a, b;", "crz(0.4) a, b;")]
    [InlineData("gate g(t) x { U(t, 0, 0) x; gphase(-t/2); } ctrl @ inv @ g(0.4) a, b;", "cry(-0.4) a, b;")]
    [InlineData("gate g x { gphase(0.4); } inv @ ctrl @ g a, b;", "p(-0.4) a;")]
    [InlineData("ctrl @ swap a, b, c;", "cswap a, b, c;")]
    [InlineData("ctrl @ cx a, b, c;", "ccx a, b, c;")]
    [InlineData("ctrl @ cy a, b, c;", "sdg c; ccx a, b, c; s c;")]
    [InlineData("ctrl @ cz a, b, c;", "h c; ccx a, b, c; h c;")]
    [InlineData("ctrl @ ch a, b, c;", "ry(-pi/4) c; h c; ccx a, b, c; h c; ry(pi/4) c;")]
    [InlineData("negctrl @ x a, b;", "x a; cx a, b; x a;")]
    [InlineData("negctrl(2) @ x a, b, c;", "x a; x b; ccx a, b, c; x a; x b;")]
    [InlineData("ctrl @ negctrl @ x a, b, c;", "x b; ccx a, b, c; x b;")]
    [InlineData("pow(2) @ sx a;", "x a;")]
    [InlineData("pow(-3) @ t a;", "tdg a; tdg a; tdg a;")]
    [InlineData("pow(0) @ t a;", "")]
    [InlineData("ctrl @ pow(2) @ sx a, b;", "cx a, b;")]
    [InlineData("ctrl(2) @ rx(0.4) a, b, c;", "crx(0.2) a, c; crx(0.2) b, c; cx a, b; crx(-0.2) b, c; cx a, b;")]
    [InlineData("ctrl(2) @ ry(0.4) a, b, c;", "cry(0.2) a, c; cry(0.2) b, c; cx a, b; cry(-0.2) b, c; cx a, b;")]
    [InlineData("ctrl(2) @ rz(0.4) a, b, c;", "crz(0.2) a, c; crz(0.2) b, c; cx a, b; crz(-0.2) b, c; cx a, b;")]
    [InlineData("ctrl(2) @ y a, b, c;", "sdg c; ccx a, b, c; s c;")]
    [InlineData("ctrl(3) @ x a, b, c, d;", "h d; ctrl(3) @ z a, b, c, d; h d;")]
    [InlineData("ctrl(3) @ z a, b, c, d;", "c3x_z a, b, c, d;")]
    [InlineData("ctrl @ ccx a, b, c, d;", "c3x_p a, b, c, d;")]
    [InlineData("ctrl @ rxx(0.4) a, b, c;", "h b; h c; cx b, c; crz(0.4) a, c; cx b, c; h b; h c;")]
    [InlineData("ctrl @ ryy(0.4) a, b, c;", "rx(pi/2) b; rx(pi/2) c; cx b, c; crz(0.4) a, c; cx b, c; rx(-pi/2) b; rx(-pi/2) c;")]
    [InlineData("ctrl @ rzz(0.4) a, b, c;", "cx b, c; crz(0.4) a, c; cx b, c;")]
    public void Read_Modifiers_KeepPhases(string modified, string written)
    {
        var head = "OPENQASM 3.0; include \"stdgates.inc\"; "
            + $"gate c3x_p a,b,c,d {{ {C3X} }} gate c3x_z a,b,c,d {{ h d; c3x_p a,b,c,d; h d; }} qubit a; qubit b; qubit c; qubit d; ";
        AssertEqual(Unitary(head + written), Unitary(head + modified));
    }

    /// <summary>Six controls: the identity but for the two last states, which SX mixes.</summary>
    [Fact]
    public void Read_ManyControls_ActWhereAllAreOne()
    {
        var unitary = Unitary("OPENQASM 3.0; include \"stdgates.inc\"; qubit[7] q; ctrl(6) @ sx q[0], q[1], q[2], q[3], q[4], q[5], q[6];");
        var expected = new Complex[128, 128];
        for (var k = 0; k < 126; k++)
            expected[k, k] = 1;
        (expected[126, 126], expected[126, 127], expected[127, 126], expected[127, 127]) = (new(0.5, 0.5), new(0.5, -0.5), new(0.5, -0.5), new(0.5, 0.5));
        AssertEqual(expected, unitary);
    }

    /// <summary>Qiskit's exports define what the include file lacks, by names that are read without a definition too.</summary>
    [Theory]
    [InlineData(
        "OPENQASM 3.0; include \"stdgates.inc\"; gate rzx(p0) a, b { h b; cx a, b; rz(p0) b; cx a, b; h b; } "
            + "gate ecr a, b { rzx(pi/4) a, b; x a; rzx(-pi/4) a, b; } qubit[2] q; ecr q[0], q[1];")]
    [InlineData("OPENQASM 3.0; gate r a { U(0.1, 0, 0) a; } include \"stdgates.inc\"; qubit[2] u; r u[0]; h u;")]
    [InlineData("OPENQASM 2.0; include \"qelib1.inc\"; gate iswap q0,q1 { s q0; s q1; h q0; cx q0,q1; cx q1,q0; h q1; } qreg q[2]; iswap q[0],q[1];")]
    public void Read_DefinitionOfAnExtraGate_Counts(string text) => Assert.NotEmpty(OpenQasmReader.Read(text).Circuit.Operations);

    private static Complex[,] Unitary(string text)
    {
        var circuit = OpenQasmReader.Read(text).Circuit;
        return CompiledChecks.Unitary(circuit.WireCount, circuit.Operations);
    }

    /// <summary>Equal up to one phase for the whole matrix.</summary>
    private static void AssertEqual(Complex[,] expected, Complex[,] actual)
    {
        Complex overlap = 0;
        for (var row = 0; row < expected.GetLength(0); row++)
        {
            for (var column = 0; column < expected.GetLength(1); column++)
                overlap += Complex.Conjugate(expected[row, column]) * actual[row, column];
        }

        Assert.Equal(1, overlap.Magnitude / expected.GetLength(0), 1e-12);
    }
}
