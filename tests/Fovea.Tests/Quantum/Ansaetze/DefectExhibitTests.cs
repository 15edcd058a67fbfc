using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>
/// Circuits of published programs in which weights do nothing. They are no ansätze of the registry; they show that the search for
/// dead weights finds such faults.
/// </summary>
public class DefectExhibitTests
{
    [Fact]
    public void HqconvWithoutItsGroups_12Wires_Leaves72Of84WeightsDead()
    {
        // A loop bound of n mod 4 = 0 drops all rings of four; each layer still owns 28 weights and reads the first four.
        const int perLayer = 28;
        var operations = new List<Operation>();
        for (var wire = 0; wire < 12; wire++)
            operations.Add(new Operation(GateKind.RX, [wire], Angle.Input(wire)));
        for (var first = 0; first < 3 * perLayer; first += perLayer)
        {
            operations.Add(new Operation(GateKind.CRZ, [4, 8], Angle.Weight(first)));
            operations.Add(new Operation(GateKind.CRX, [4, 8], Angle.Weight(first + 1)));
            operations.Add(new Operation(GateKind.CRZ, [0, 4], Angle.Weight(first + 2)));
            operations.Add(new Operation(GateKind.CRX, [0, 4], Angle.Weight(first + 3)));
        }

        var dead = new GradientProbe(new Circuit(12, 12, 3 * perLayer, operations)).DeadWeights;
        Assert.Equal(Enumerable.Range(0, 3 * perLayer).Where(i => i % perLayer >= 4), dead);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void PhasesAndChain_AfterAnyEncoding_LeaveEveryWeightDead(int wires)
    {
        // RY(x), then layers of RZ(w) and a CNOT chain: phases and permutations, which Z measurements do not see.
        var builder = new CircuitBuilder(wires);
        InputEncoding.Y.Append(builder);
        for (var layer = 0; layer < 3; layer++)
        {
            for (var wire = 0; wire < wires; wire++)
                builder.RZ(builder.NewWeight(), wire);
            for (var wire = 0; wire + 1 < wires; wire++)
                builder.CNOT(wire, wire + 1);
        }

        var probe = new GradientProbe(builder.Build());
        Assert.Equal(Enumerable.Range(0, 3 * wires), probe.DeadWeights);
        Assert.Empty(probe.DeadInputs);
    }
}
