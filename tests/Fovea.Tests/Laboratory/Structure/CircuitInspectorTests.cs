using Fovea.Devices.Profiles;
using Fovea.Laboratory;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Laboratory.Structure;

/// <summary>What is soon told of a circuit that a network runs.</summary>
public sealed class CircuitInspectorTests
{
    [Fact]
    public void Inspect_AnAnsatz_FindsWhatTheAnalysisFinds()
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get("ese2-recon"), 6, 3);
        var inspection = CircuitInspector.Inspect(subject.WithEncoding(), TestContext.Current.CancellationToken);
        Assert.Equal(AnsatzAnalyzer.FindDead(subject, TestContext.Current.CancellationToken), inspection.DeadParameters);
        Assert.Equal((54, 48), (inspection.Cost.Parameters, inspection.Cost.LiveParameters));
        Assert.Equal(6, inspection.Cones.Count);
        Assert.Single(inspection.Blocks);
    }

    [Fact]
    public void Inspect_OtherObservablesAndUploads_AreTaken()
    {
        var circuit = new QuantumLayerSpec { Qubits = 4, Layers = 2, Reupload = true, OwnInputs = true, Observables = "X+Y+Z" }.BuildCircuit();
        var inspection = CircuitInspector.Inspect(circuit, TestContext.Current.CancellationToken);
        Assert.Equal(12, inspection.Cones.Count);
        // What Z is blind to, X and Y see.
        Assert.Empty(inspection.DeadParameters);
    }

    [Fact]
    public void Inspect_ACircuitThatBeginsWithAmplitudes_IsRefused()
    {
        var circuit = new QuantumLayerSpec { Qubits = 3, Layers = 1, Encoding = InputEncoding.Amplitude }.BuildCircuit();
        Assert.Throws<NotSupportedException>(() => CircuitInspector.Inspect(circuit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Both_Cancelled_Stop()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var circuit = Layer();
        Assert.Throws<OperationCanceledException>(() => CircuitInspector.Inspect(circuit, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => CircuitInspector.UnderNoise(
            circuit, new double[circuit.WeightCount], ShippedProfiles.Load("heavy-hex"), cancelled.Token));
    }

    [Fact]
    public void UnderNoise_ADevice_LeavesAPartOfEachOutput()
    {
        var circuit = Layer();
        double[] weights = [.. Enumerable.Range(0, circuit.WeightCount).Select(k => 0.3 * k)];
        var noise = CircuitInspector.UnderNoise(circuit, weights, ShippedProfiles.Load("heavy-hex"), TestContext.Current.CancellationToken);
        Assert.Null(noise.Refusal);
        Assert.Equal(4, noise.Kept.Count);
        Assert.All(noise.Kept, kept => Assert.InRange(kept!.Value, 0.8, 0.995));
        Assert.InRange(noise.RelativeError!.Value, 0.005, 0.2);
        Assert.True(noise.Compiled!.Entanglers > 0);
    }

    // Z of |+⟩ is 0: there is nothing that noise could be measured by.
    [Fact]
    public void UnderNoise_OutputsThatAreZero_HaveNoRelativeError()
    {
        var circuit = new CircuitBuilder(1).H(0).Build();
        var noise = CircuitInspector.UnderNoise(circuit, [], ShippedProfiles.Load("heavy-hex"), TestContext.Current.CancellationToken);
        Assert.Null(noise.Refusal);
        Assert.Null(noise.RelativeError);
        Assert.Equal([null], noise.Kept);
    }

    [Fact]
    public void UnderNoise_WhatADeviceDoesNotRun_SaysWhy()
    {
        var circuit = new QuantumLayerSpec { Qubits = 2, Layers = 2, Reupload = true }.BuildCircuit();
        var noise = CircuitInspector.UnderNoise(
            circuit, new double[circuit.WeightCount], ShippedProfiles.Load("heavy-hex"), TestContext.Current.CancellationToken);
        Assert.NotNull(noise.Refusal);
        Assert.Empty(noise.Kept);
        Assert.Null(noise.RelativeError);
    }

    private static Circuit Layer() => new QuantumLayerSpec { Qubits = 4, Layers = 2 }.BuildCircuit();
}
