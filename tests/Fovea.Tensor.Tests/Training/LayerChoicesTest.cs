using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Models.Circuits;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Training;

/// <summary>Runs with the choices that a quantum layer has: what is trained, logged, exported and refused.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class LayerChoicesTest(TinyRun runs) : IClassFixture<TinyRun>
{
    private const string Middle = "denoiser.middle.block.conv2";
    private static readonly string[] Own = ["quantum.shared=false", "quantum.groups=2", "denoiser.training.circuit_rate=0.05"];

    [Fact]
    public void Execute_OwnWeights_TrainsEachGroupAndLogsIt()
    {
        var run = runs.Finished(Own);
        var log = new MetricsHistory(Path.Combine(run, "metrics.jsonl"), "denoiser");
        Assert.InRange(log.Last("circuit_displacement")!.Value, 0.05, TinyRun.Steps * 0.05);
        Assert.NotEqual(0, log.Last("circuit_share"));
        Assert.Equal([2, 24], Layer(run, layer => layer.Weights.shape));
    }

    [Fact]
    public void Write_OwnWeights_ExportsTheGroupThatIsNamed()
    {
        var run = runs.Finished(Own);
        var weights = Layer(run, layer => TensorSpans.ToArray<float>(layer.Weights));
        string Write(int? group) => LayerExport.Write(new LayerExportRequest { Run = run, Layer = Middle, Format = CircuitFormat.Json, Group = group });
        for (var group = 0; group < 2; group++)
        {
            var written = CircuitJsonReader.Read(Write(group)).Export.Weights!;
            Assert.Equal(weights[(24 * group)..(24 * (group + 1))], written.Select(weight => (float)weight));
        }

        Assert.Contains("--group is missing: each circuit of a position has weights of its own; allowed: 0 to 1", Failure(() => Write(null)), StringComparison.Ordinal);
        Assert.Contains("--group 2 does not exist; allowed: 0 to 1", Failure(() => Write(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_SeparableUnderNoise_TrainsExportsAndIsTold()
    {
        var lines = new List<string>();
        string[] settings = ["quantum.denoiser_layer=separable", "quantum.noise.profile=heavy-hex", "quantum.autoencoder=[]", "autoencoder.training.steps=2", "denoiser.training.steps=2"];
        var run = runs.Train(TinyRun.Config(settings), announce: lines.Add);
        Assert.Contains(lines, line => line.Contains("48 of them in the middles of 2 separable layers", StringComparison.Ordinal));
        var circuit = CircuitJsonReader.Read(LayerExport.Write(new LayerExportRequest { Run = run, Layer = Middle, Format = CircuitFormat.Json })).Circuit;
        Assert.Equal(24, circuit.WeightCount);
        Assert.DoesNotContain(circuit.Operations, operation => operation.Wires.Length > 1);
    }

    [Theory]
    [InlineData("quantum.ansatz=crx-ring", "CRX(w")]
    [InlineData("quantum.encoding=iqp", "RZZ(x0*x1) 0 1 would leave with the entangling gates")]
    public void FromToml_SeparableWithoutATwin_IsRefused(string setting, string words)
    {
        var message = Failure(() => TinyRun.Config(setting, "quantum.autoencoder_layer=separable"));
        Assert.Contains("quantum.autoencoder_layer = \"separable\" is not possible", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
        TinyRun.Config(setting, "quantum.autoencoder_layer=separable", "quantum.autoencoder=[]");
    }

    // New settings at their defaults are in no fingerprint and in no comparison of weights.
    [Theory]
    [InlineData("quantum.shared", "true", "false")]
    public void ArchitectureOf_ChoiceOfThen_IsNotNamed(string key, string then, string other)
    {
        string Shape(string value) => AutoencoderFacts.ArchitectureOf(TinyRun.Config($"{key}={value}"));
        Assert.DoesNotContain(key, Shape(then), StringComparison.Ordinal);
        Assert.Contains(key, Shape(other), StringComparison.Ordinal);
    }

    private static string Failure(Func<object?> action)
    {
        var message = Assert.Throws<InputException>(action).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static T Layer<T>(string run, Func<QuantumConvolution, T> read)
    {
        TorchRuntime.Initialize(1);
        using var folder = RunFolder.Open(run);
        using var model = TrainedModel.Load(folder, RunConfigReader.FromFile(folder.Config));
        return read(LayerExport.LayersOf(model).Single(entry => entry.Name == Middle).Layer);
    }
}
