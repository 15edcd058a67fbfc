using System.Numerics;
using CsCheck;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>The contract at one register width, for circuits whose inputs come first.</summary>
public abstract class UnitaryEngineContract<T>(int laneBytes) : CompiledEngineContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected override Gen<RandomCircuit> Circuits => RandomCircuit.InputsFirst;

    [Fact]
    public void Create_InputsLater_SaysSoInOneLine()
    {
        var circuit = new QuantumLayerSpec { Qubits = 3, Layers = 2, Reupload = true }.BuildCircuit();
        var exception = Assert.Throws<NotSupportedException>(() => Create(circuit));
        Assert.Contains("an input enters behind the entry state", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TooManyWires_NamesTheLimit()
    {
        var exception = Assert.Throws<ArgumentException>(() => Create(new CircuitBuilder(11).H(0).Build()));
        Assert.Contains("up to 10 wires", exception.Message, StringComparison.Ordinal);
    }

    protected override IExpectationEngine<T> Create(Circuit circuit, int threads = 1) =>
        new UnitaryEngine<T>(circuit, threads, laneBytes);

    protected override bool Supports(Circuit circuit)
    {
        try
        {
            _ = Create(circuit);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
