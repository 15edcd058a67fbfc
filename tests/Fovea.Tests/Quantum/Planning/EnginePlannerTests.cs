using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;

namespace Fovea.Tests.Quantum.Planning;

public sealed class EnginePlannerTests
{
    [Fact]
    public void Plan_LocalCircuit_TakesTheTrigonometricWay()
    {
        var plan = new EnginePlanner().Plan(Layer("ese2-recon", 8));
        Assert.IsType<TrigonometricEngine<float>>(plan.CreateEngine<float>());
    }

    [Fact]
    public void Plan_DeepRing_TakesStateVectors()
    {
        var plan = new EnginePlanner().Plan(Layer("sel", 10));
        Assert.IsType<StateVectorEngine<float>>(plan.CreateEngine<float>());
    }

    [Fact]
    public void Plan_LocalCircuitWithReupload_PartsItByLightCones()
    {
        var plan = new EnginePlanner().Plan(Layer("ese2-recon", 16, reupload: true));
        Assert.IsType<PartitionedEngine<float>>(plan.CreateEngine<float>());
        Assert.All(plan.Parts, part => Assert.InRange(part.Part.Circuit.WireCount, 1, 6));
    }

    [Fact]
    public void Plan_SixtyFourWires_Runs()
    {
        var circuit = Layer("ese2-recon", 64);
        var engine = new EnginePlanner().Plan(circuit).CreateEngine<double>();
        var outputs = new double[2 * 64];
        engine.Forward([.. Enumerable.Range(0, 128).Select(i => Math.Sin(i))], new double[circuit.WeightCount], outputs);
        Assert.All(outputs, z => Assert.InRange(z, -1, 1));
        Assert.Contains(outputs, z => Math.Abs(z) > 0.1);
    }

    [Fact]
    public void Plan_EngineDemanded_IsThatOne()
    {
        var plan = new EnginePlanner().Plan(Layer("ese2-recon", 4), EngineKind.StateVector);
        Assert.All(plan.Candidates, candidate => Assert.DoesNotContain("trigonometric", candidate.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_NothingCanRunIt_SaysWhyForEach()
    {
        var failure = Assert.Throws<NotSupportedException>(() => new EnginePlanner().Plan(Layer("sel", 40)));
        Assert.Contains("state-vector: 40 wires are more than 20", failure.Message, StringComparison.Ordinal);
        Assert.Contains("trigonometric: it would take more than", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryPlan_SaysWhyNotAndOtherwisePlansAlike()
    {
        var planner = new EnginePlanner();
        Assert.Null(planner.TryPlan(Layer("ese2-recon", 8, reupload: true), EngineKind.Trigonometric, out var reason));
        Assert.StartsWith("trigonometric: an input enters behind an entangling gate", reason, StringComparison.Ordinal);
        var plan = planner.TryPlan(Layer("sel", 6), null, out reason);
        Assert.Equal(("", planner.Plan(Layer("sel", 6)).Explain()), (reason, plan!.Explain()));
    }

    [Fact]
    public void Explain_NamesChoiceAndRejected()
    {
        var text = new EnginePlanner().Plan(Layer("ese2-recon", 8, reupload: true)).Explain();
        Assert.Contains("an input enters behind an entangling gate", text, StringComparison.Ordinal);
        Assert.Contains("chosen: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SameCircuitTwice_IsTheSame() =>
        Assert.Equal(new EnginePlanner().Plan(Layer("sel", 6)).Explain(), new EnginePlanner().Plan(Layer("sel", 6)).Explain());

    [Fact]
    public void Calibration_ScalesTheDefaultByPositiveFactors()
    {
        var model = CostCalibration.Measure(seconds: 0.06);
        Assert.True(model.RotationPass > 0 && model.Term > 0);
        Assert.Equal(CostModel.Default.Transfer, model.Transfer);
    }

    private static Circuit Layer(string ansatz, int qubits, bool reupload = false) =>
        new QuantumLayerSpec { Qubits = qubits, Layers = 3, Ansatz = ansatz, Reupload = reupload }.BuildCircuit();
}
