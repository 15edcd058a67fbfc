using CsCheck;
using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Devices.Exchange;
using Fovea.Tests.Quantum;

namespace Fovea.Tests.Devices.Exchange;

/// <summary>Whatever a text holds, reading it ends in a circuit or in one line of complaint.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ";", ",", "->", "=", "@", "**", "^", "-", "+", "/", "*", "//", "/*", "*/", "\"", "\n", "$0",
        "0", "1", "63", "1e308", "0.5", "-1", "999999999999999999999", "pi", "tau", "x0", "q", "c", "a", "h", "cx", "U", "rxx", "ctrl", "inv",
        "gate", "measure", "reset", "barrier", "input", "float", "const", "qubit[64] r", "include", "OPENQASM", "gphase", "sqrt(",
        "ctrl @ ", "inv @ ", "gate h a { }", "\u03C0", "\uD83D", "\0", "\"\\ud800\"", "null", "true", "[]", "{}", "1e999",
    ];

    private static readonly string[] Programs =
    [
        """
        OPENQASM 3.0; // a program with every statement
        include "stdgates.inc";
        input float[64] x0; input angle x1; const float half = pi / 2 + sin(0.5);
        gate pair(t, u) a, b { cx a, b; rz(2*t - u) b; barrier a; inv @ s a; gphase(t); ctrl @ rx(t) a, b; }
        qubit[3] q; qubit r; bit[3] c; bit d;
        reset q; h q; U(half, x0, x0*x1) q[0]; pair(x0, 0.5) q[0], q[-1]; ctrl(2) @ x q[0], q[1], r; inv @ pair(1, 2) q[1], r;
        barrier q, r; cu(1, 2, 3, 4) q[0], r; rz((x0 + 1)**2 / 3) r; swap q[0], q[1];
        c = measure q; d = measure r;
        """,
        """
        OPENQASM 2.0; include "qelib1.inc"; /* an older
        one */ gate swap a,b { cx a,b; cx b,a; cx a,b; }
        qreg q[3]; creg c[3];
        u3(pi/2,-0.5^2,ln(2)) q[0]; swap q[0],q[1]; CX q[1],q[2]; cu3(1,2,3) q[0],q[1]; rzz(0.1) q[0],q[1]; sxdg q;
        barrier q; measure q -> c;
        """,
    ];

    private static readonly string Json = CircuitJsonWriter.Write(
        Enumerable.Range(0, 100).Select(seed => RandomCircuit.Create(4, 24, (ulong)seed).Circuit)
            .First(circuit => circuit.Preparation == Fovea.Quantum.Circuits.StatePreparation.Zero));

    [Fact]
    public void OpenQasm_ProgramsThemselves_Read()
    {
        foreach (var program in Programs)
            Assert.NotEmpty(OpenQasmReader.Read(program, "f").Bits);
    }

    [Fact]
    public void OpenQasm_MutatedPrograms_ReadOrComplain() => Gen.Select(Gen.Int[0, Programs.Length - 1], Gen.Int[1, 8], Gen.ULong).Sample(
        (program, mutations, seed) => ReadsOrComplains(Mutate(Programs[program], mutations, seed), text => OpenQasmReader.Read(text, "f")),
        iter: 20000);

    [Fact]
    public void OpenQasm_AnyText_ReadsOrComplains()
    {
        var pieces = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 40].Select(string.Concat);
        Gen.OneOf(Gen.String, pieces).Sample(
            text => ReadsOrComplains("OPENQASM 3.0; include \"stdgates.inc\"; qubit q;" + text, t => OpenQasmReader.Read(t, "f"))
                && ReadsOrComplains(text, t => OpenQasmReader.Read(t, "f")),
            iter: 20000);
    }

    [Fact]
    public void Json_MutatedDocuments_ReadOrComplain() => Gen.Select(Gen.Int[1, 3], Gen.ULong).Sample(
        (mutations, seed) => ReadsOrComplains(Mutate(Json, mutations, seed), text => CircuitJsonReader.Read(text, "f")),
        iter: 5000);

    private static bool ReadsOrComplains(string text, Action<string> read)
    {
        try
        {
            read(text);
            return true;
        }
        catch (InputException exception)
        {
            return exception.Message.StartsWith("f:", StringComparison.Ordinal) && !exception.Message.Any(c => c is '\n' or '\r');
        }
    }

    private static string Mutate(string text, int mutations, ulong seed)
    {
        var random = new CounterRandom(seed, 0);
        for (var i = 0; i < mutations && text.Length > 0; i++)
        {
            var place = random.NextInt(text.Length);
            var length = Math.Min(1 + random.NextInt(12), text.Length - place);
            text = random.NextInt(4) switch
            {
                0 => text.Remove(place, length),
                1 => text.Insert(place, text.Substring(random.NextInt(text.Length - length + 1), length)),
                2 => text.Insert(place, Pieces[random.NextInt(Pieces.Length)]),
                _ => string.Concat(text.AsSpan(0, place), ((char)random.NextInt(256)).ToString(), text.AsSpan(place + 1)),
            };
        }

        return text;
    }
}
