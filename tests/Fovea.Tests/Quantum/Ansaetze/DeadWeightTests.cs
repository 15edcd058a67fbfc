using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>Which weights cannot matter, and why: Z measurements do not see phases that only permutations and phases follow.</summary>
public class DeadWeightTests
{
    public static TheoryData<string> Names() => [.. AnsatzRegistry.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void WeightsAndInputs_OfEveryAnsatzAndEncoding_MoveTheLossExceptProvablyDeadWeights(string name)
    {
        const int layers = 2;
        var wires = Enumerable.Range(5, 4).First(AnsatzRegistry.Get(name).Wires.Allows);
        foreach (var encoding in new[] { InputEncoding.X, InputEncoding.Y, InputEncoding.Z })
        {
            var spec = new QuantumLayerSpec { Qubits = wires, Layers = layers, Ansatz = name, Encoding = encoding };
            foreach (var reupload in new[] { false, true })
            {
                var probe = new GradientProbe((spec with { Reupload = reupload }).BuildCircuit());
                Assert.Equal(Provable(name, wires, layers), probe.DeadWeights);
                Assert.Empty(probe.DeadInputs);
            }
        }
    }

    [Theory]
    [InlineData("strongly-entangling")]
    [InlineData("ese1-recon")]
    [InlineData("ese2-recon")]
    public void Weights_RotWithoutEncoding_LoseTheFirstRzAsWell(string name)
    {
        // On |0⟩ the first RZ of each Rot is a global phase.
        const int wires = 5;
        var builder = new CircuitBuilder(wires);
        AnsatzRegistry.Get(name).Append(builder, 2);
        int[] first = [.. Enumerable.Range(0, wires).Select(wire => 3 * wire)];
        Assert.Equal([.. first, .. Provable(name, wires, 2)], new GradientProbe(builder.Build()).DeadWeights);
    }

    private static int[] Provable(string name, int wires, int layers)
    {
        var ansatz = AnsatzRegistry.Get(name);
        var (last, end) = (ansatz.WeightCount(wires, layers - 1), ansatz.WeightCount(wires, layers));
        return name switch
        {
            // Every rotation is about X or Y, or is followed by one on its wire.
            "basic-entangler" or "simplified-two-design" or "hqconv" or "fqconv" or "crx-ring" => [],
            "fqconv-port" => PortPhases(wires, last),
            // The closing RZ of every wire.
            "ry-rz-ring" or "ry-rz-half-brick" => [.. Enumerable.Range(last, end - last).Where(i => (i - last) % 2 == 1)],
            _ => [.. Enumerable.Range(last, end - last).Where(i => (i - last) % 3 == 2)],
        };
    }

    // On every second place k the CRZ follows the CRX. From the middle block on nothing turns its two wires any more except under
    // their own control.
    private static int[] PortPhases(int wires, int last)
    {
        var places = wires / 3;
        return
        [
            .. from block in new[] { 1, 2 }
               from place in Enumerable.Range(0, places)
               where place % 2 == 1
               select last + (2 * block * places) + places + place,
        ];
    }
}
