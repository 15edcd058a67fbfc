using System.Numerics;
using CsCheck;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Engines.Trigonometric;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>The contract at one register width, and what only this engine can do.</summary>
public abstract class TrigonometricEngineContract<T>(int laneBytes) : CompiledEngineContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected override Gen<RandomCircuit> Circuits => RandomCircuit.InputsFirst.Where(random => Supports(random.Circuit));

    [Fact]
    public void Run_ManyWires_MatchesTheSameCircuitOnFewer()
    {
        // Two half-bricks leave outputs 2 … 5 of 12 wires the cones that they have in the middle of 40 wires.
        var (few, many) = (Problem(12, first: 0), Problem(40, first: 14));
        for (var output = 4; output < 8; output++)
            Assert.Equal(double.CreateTruncating(few[output]), double.CreateTruncating(many[output + 14]), Tolerance);
    }

    protected override IExpectationEngine<T> Create(Circuit circuit, int threads = 1) =>
        new TrigonometricEngine<T>(circuit, threads, laneBytes);

    protected override bool Supports(Circuit circuit) => TrigonometricPlan.TryCreate(circuit, out _) is not null;

    /// <summary>The outputs of a local circuit whose angles depend on the wire's distance from <paramref name="first"/>.</summary>
    private T[] Problem(int wires, int first)
    {
        var builder = new CircuitBuilder(wires);
        for (var wire = 0; wire < wires; wire++)
            builder.RY(Angle.Input(wire), wire);
        for (var layer = 0; layer < 2; layer++)
        {
            for (var wire = 0; wire < wires; wire++)
                builder.Rot(Angle.Constant(0.3 * (wire - first)), Angle.Constant(0.7 + (0.2 * (wire - first))), Angle.Constant(layer), wire);
            for (var wire = layer; wire + 1 < wires; wire += 2)
                builder.CNOT(wire, wire + 1);
        }

        var engine = Create(builder.Build());
        var outputs = new T[wires];
        engine.Forward([.. Enumerable.Range(0, wires).Select(wire => T.CreateTruncating(Math.Sin(wire - first)))], [], outputs);
        return outputs;
    }
}
