using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Engines.Trigonometric;

namespace Fovea.Tests.Quantum.Engines;

// The contract at every number type and register width; widths the machine lacks run in software.
public sealed class TrigonometricDouble512Tests() : TrigonometricEngineContract<double>(64);

public sealed class TrigonometricDouble256Tests() : TrigonometricEngineContract<double>(32);

public sealed class TrigonometricDouble128Tests() : TrigonometricEngineContract<double>(16);

public sealed class TrigonometricFloat512Tests() : TrigonometricEngineContract<float>(64);

public sealed class TrigonometricFloat256Tests() : TrigonometricEngineContract<float>(32);

public sealed class TrigonometricFloat128Tests() : TrigonometricEngineContract<float>(16);

public sealed class TrigonometricEngineTests
{
    [Fact]
    public void Create_Reupload_SaysWhyNot()
    {
        var circuit = new QuantumLayerSpec { Qubits = 4, Layers = 2, Reupload = true }.BuildCircuit();
        var failure = Assert.Throws<NotSupportedException>(() => new TrigonometricEngine<float>(circuit));
        Assert.EndsWith("an input enters behind an entangling gate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TooManyCoefficients_SaysWhyNot()
    {
        var circuit = new QuantumLayerSpec { Qubits = 16, Layers = 3, Ansatz = "sel" }.BuildCircuit();
        var failure = Assert.Throws<NotSupportedException>(() => new TrigonometricEngine<float>(circuit));
        Assert.EndsWith("more than 131072 Pauli coefficients", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void Plan_HalfBrick_GrowsLinearlyWithTheWires(int wires)
    {
        int Terms(int n) => TrigonometricPlan.TryCreate(
            new QuantumLayerSpec { Qubits = n, Layers = 3, Ansatz = "ese2-recon" }.BuildCircuit(), out _)!.TermFeatures.Count;
        Assert.Equal(Terms(wires) + (2 * (Terms(wires) - Terms(wires - 2))), Terms(wires + 4));
    }

    // What rows share is loaded once for two of them: most rows of a dense plan, and no row twice or never.
    [Theory]
    [InlineData("sel", 4, 2)]
    [InlineData("ese2-recon", 8, 16)]
    public void Tables_Rows_AreInPairsOfTheSameFeaturesOrSingle(string ansatz, int wires, int most)
    {
        var tables = new PlanTables<float>(TrigonometricPlan.TryCreate(
            new QuantumLayerSpec { Qubits = wires, Layers = 3, Ansatz = ansatz }.BuildCircuit(), out _)!);
        int[] Features(TermRow row) => tables.TermFeatures[row.Start..row.End];
        Assert.All(tables.Pairs, pair => Assert.Equal(Features(pair.One), Features(pair.Two)));
        Assert.Equal(
            tables.Rows.OrderBy(row => row.Start),
            tables.Pairs.SelectMany(pair => new[] { pair.One, pair.Two }).Concat(tables.Single).OrderBy(row => row.Start));
        Assert.InRange(tables.Single.Length, 0, most);
    }

    [Fact]
    public void Plan_StronglyEntangling_DropsTheComponentThatAnEncodingLeavesZero()
    {
        // RY on |0⟩ leaves ⟨Y⟩ = 0, so that of four Pauli operators three are left on each of three wires.
        var circuit = new QuantumLayerSpec { Qubits = 3, Layers = 6, Ansatz = "sel" }.BuildCircuit();
        var plan = TrigonometricPlan.TryCreate(circuit, out _)!;
        Assert.InRange(plan.TermFeatures.Count, 3, 3 * 27);
    }
}
