using CsCheck;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Tests.Quantum.PauliPropagation;

public sealed class GateEffectsTests
{
    private const int MaxStrings = 10_000;

    // Derivatives of a gate without effect are zero but for rounding.
    private const double Tolerance = 1e-12;

    [Fact]
    public void Trace_RandomCircuits_GatesWithoutEffectHaveNoDerivative() => RandomCircuit.Generator
        .Where(problem => problem.Circuit.Preparation == StatePreparation.Zero)
        .Sample(
            problem =>
            {
                var circuit = problem.Circuit;
                for (var output = 0; output < circuit.Observables.Length; output++)
                {
                    var effects = GateEffects.Trace(circuit, circuit.Observables[output], MaxStrings, TestContext.Current.CancellationToken);
                    for (var gate = 0; gate < effects.Length; gate++)
                    {
                        if (effects[gate] == false && circuit.Operations[gate].Angle is not null)
                            Assert.Equal(0, ShiftDifference(problem, gate, output), Tolerance);
                    }
                }
            },
            iter: 200);

    [Fact]
    public void Trace_RotationsBeforeAZMeasurement_SeesWhichCommute()
    {
        var circuit = new CircuitBuilder(2).RY(Angle.Weight(0), 0).CNOT(0, 1).RZ(Angle.Weight(1), 1).CZ(0, 1).RX(Angle.Weight(2), 0).Build();
        Assert.Equal([true, true, false, false, false], GateEffects.Trace(circuit, Observable.Z(1), MaxStrings, TestContext.Current.CancellationToken));
        // Z₀ turns to Y₀ as well and takes a Z₁ along at the CZ, which the phase on wire 1 leaves alone.
        Assert.Equal([true, true, false, true, true], GateEffects.Trace(circuit, Observable.Z(0), MaxStrings, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Trace_MoreStringsThanAllowed_LeavesTheRestOpen()
    {
        var circuit = new CircuitBuilder(1).RZ(Angle.Weight(0), 0).RX(Angle.Weight(1), 0).Build();
        Assert.Equal([null, true], GateEffects.Trace(circuit, Observable.Z(0), maxStrings: 1, TestContext.Current.CancellationToken));
    }

    /// <summary>What a turn of one gate by a radian does to an output.</summary>
    private static double ShiftDifference(RandomCircuit problem, int gate, int output)
    {
        var circuit = problem.Circuit;
        double Value(double shift)
        {
            var state = new ReferenceState(circuit.WireCount);
            for (var k = 0; k < circuit.Operations.Length; k++)
            {
                state.Apply(
                    circuit.Operations[k],
                    (circuit.Operations[k].Angle?.Evaluate(problem.Inputs.AsSpan(0, circuit.InputCount), problem.Weights) ?? 0)
                        + (k == gate ? shift : 0));
            }

            return state.Expectation(circuit.Observables[output]);
        }

        return Value(1) - Value(0);
    }
}
