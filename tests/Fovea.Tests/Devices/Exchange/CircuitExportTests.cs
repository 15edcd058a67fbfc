using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Devices.Exchange;

public sealed class CircuitExportTests
{
    private static readonly Circuit Small = new CircuitBuilder(2).RX(Angle.Input(0, 2), 0).RZZ(Angle.Weight(0), 0, 1).Build();

    [Fact]
    public void Write_Version3_IsThisText() => Assert.Equal(
        """
        // small: 2 wires, 1 input left open, 1 weight bound.
        // Wire k is q[k] and is measured into c[k]. Fovea reads wire 0 as the most significant bit of a basis index.
        // Observables, +1 for |0> under Z: Z0, Z1.
        OPENQASM 3.0;
        include "stdgates.inc";
        input float[64] x0;
        gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }
        qubit[2] q;
        bit[2] c;
        rx(2.0*x0) q[0];
        rzz(0.1) q[0], q[1];
        c[0] = measure q[0];
        c[1] = measure q[1];

        """.ReplaceLineEndings("\n"),
        OpenQasm3Writer.Write(Small, new CircuitExport { Weights = [0.1], Title = "small" }));

    [Fact]
    public void Write_Version2Unbound_IsRefused()
    {
        var exception = Assert.Throws<InputException>(() => OpenQasm2Writer.Write(Small, new CircuitExport { Weights = [1] }));
        Assert.Equal("OpenQASM 2 has no parameters: the circuit's inputs need values; OpenQASM 3 can leave them open", exception.Message);
    }

    [Fact]
    public void Write_Amplitudes_IsRefusedByEveryWriter()
    {
        var circuit = new CircuitBuilder(1).PrepareAmplitudes().H(0).Build();
        Action[] writers =
        [
            () => OpenQasm3Writer.Write(circuit),
            () => OpenQasm2Writer.Write(circuit, new CircuitExport { Inputs = [1, 0] }),
            () => CircuitJsonWriter.Write(circuit),
        ];
        foreach (var write in writers)
            Assert.Contains("amplitudes can't be exported", Assert.Throws<InputException>(write).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralProblems_NamesThemAll()
    {
        var export = new CircuitExport { Weights = [], Inputs = [double.NaN], InputNames = ["rx"], WeightNames = ["rx"], Title = "a\nb" };
        var problems = export.Validate(Small);
        Assert.Contains("the export gives 0 weights, the circuit has 1", problems);
        Assert.Contains("the inputs must be finite", problems);
        Assert.Contains("the title must be one line", problems);
        Assert.Contains("'rx' names two parameters", problems);
        Assert.Contains(problems, problem => problem.StartsWith("'rx' can't name a parameter", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Names_StandInTheText()
    {
        var text = OpenQasm3Writer.Write(Small, new CircuitExport { InputNames = ["pixel"], WeightNames = ["turn"] });
        Assert.Contains("rx(2.0*pixel) q[0];", text, StringComparison.Ordinal);
        Assert.Equal(["pixel", "turn"], OpenQasmReader.Read(text).Inputs);
    }

    [Fact]
    public void Write_AngleOverflows_IsRefused()
    {
        var circuit = new CircuitBuilder(1).RX(Angle.Weight(0, 1e200), 0).Build();
        Assert.Throws<InputException>(() => OpenQasm3Writer.Write(circuit, new CircuitExport { Weights = [1e200] }));
    }
}
