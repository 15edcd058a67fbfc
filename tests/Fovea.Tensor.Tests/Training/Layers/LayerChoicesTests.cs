using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Imaging.Grids;
using Fovea.Models.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Training.Layers;

/// <summary>Runs with the choices that a quantum layer has: what is trained, logged, exported and refused.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class LayerChoicesTests(TinyRun runs) : IClassFixture<TinyRun>
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

        Assert.Contains(
            "Group is missing: each circuit of a position has weights of its own; allowed: 0 to 1", Failure(() => Write(null)), StringComparison.Ordinal);
        Assert.Contains("Group 2 does not exist; allowed: 0 to 1", Failure(() => Write(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_SeparableUnderNoise_TrainsExportsAndIsTold()
    {
        var lines = new List<string>();
        string[] settings =
        [
            "quantum.denoiser_layer=separable",
            "quantum.noise.profile=heavy-hex",
            "quantum.autoencoder=[]",
            "autoencoder.training.steps=2",
            "denoiser.training.steps=2",
        ];
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

    [Theory]
    [InlineData("quantum.observables=XYZ", "[quantum] observables: 'XYZ' in 'XYZ' is none; allowed: X, Y, Z, XX")]
    [InlineData("quantum.upload_scale_start=[1, 0]", "quantum.upload_scale_start = [1.0, 0.0] is not allowed; allowed: a list of 1 to 100 numbers above 0")]
    [InlineData("quantum.upload_scales=true|quantum.encoding=iqp", "quantum.upload_scales = true goes with rotations, not with quantum.encoding = \"iqp\"")]
    [InlineData("quantum.upload_scale_start=[]", "quantum.upload_scale_start = [] is not allowed")]
    [InlineData("quantum.upload_scale_start=[-1]", "quantum.upload_scale_start")]
    [InlineData("quantum.upload_scale_start=[1, 3]", "quantum.upload_scale_start = [1.0, 3.0] goes with quantum.upload_scales = true")]
    [InlineData("quantum.part=0.25", "quantum.part = 0.25 goes with quantum.join = \"part\", and that is \"replace\"")]
    [InlineData("quantum.join=beside", "quantum.join = \"beside\" is not allowed; allowed: replace, gated, part, mixer")]
    [InlineData("quantum.join=mixer|quantum.groups=2", "quantum.groups = 2 does not go with quantum.join = \"mixer\"")]
    [InlineData("quantum.join=mixer|quantum.observables=Z+ZZ", "has ZZ, and with quantum.join = \"mixer\" each channel has its own wire")]
    [InlineData("quantum.join=mixer|quantum.qubits=3", "quantum.qubits = 3 does not divide the 8 channels at encoder.middle")]
    [InlineData("quantum.encoding=YZX", "[quantum] encoding: 'YZX' names axes by upload, and there is one upload")]
    [InlineData("quantum.observables=Z4", "[quantum] observables: 'Z4' in 'Z4' is none")]
    public void FromToml_BrokenChoice_IsRefusedInOneLine(string setting, string words) =>
        Assert.Contains(words, Failure(() => TinyRun.Config(setting.Split('|'))), StringComparison.Ordinal);

    [Fact]
    public void Execute_UploadScales_AreInTheCircuitsGroupAndExported()
    {
        string[] settings =
        [
            "quantum.reupload=true", "quantum.encoding=YZ", "quantum.upload_scales=true",
            "quantum.upload_scale_start=[1, 3]", "quantum.shared=false", "quantum.groups=2",
            "denoiser.training.circuit_rate=0.05",
        ];
        var run = runs.Finished(settings);
        var (scale, shift) = Layer(
            run, layer => (TensorSpans.ToArray<float>(layer.UploadScales!.Value.Scale), TensorSpans.ToArray<float>(layer.UploadScales!.Value.Shift)));
        // Averages of six steps at about the rate each: far more than at the network's rate of 0.002.
        Assert.InRange(Math.Sqrt(shift.Average(x => x * x)), 0.02, 0.3);
        Assert.InRange(Math.Sqrt(scale.Select((x, k) => x - (k % 8 < 4 ? 1f : 3f)).Average(x => x * x)), 0.02, 0.3);

        TorchRuntime.Initialize(1);
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        using var model = TrainedModel.Load(folder, config);
        var layer = LayerExport.LayersOf(model).Single(entry => entry.Name == Middle).Layer;
        var image = Path.Combine(runs.NewFolder(), "image.png");
        Directory.CreateDirectory(Path.GetDirectoryName(image)!);
        PngFile.Write(image, [.. Enumerable.Range(0, 32 * 32 * 3).Select(k => (byte)(k * 7))], 32, 32);
        var request = new LayerExportRequest { Run = run, Layer = Middle, Format = CircuitFormat.Json, Image = image, Position = (1, 2), Group = 1 };
        var recording = LayerExport.Record(model, config, layer, request);
        // Open inputs are the angles, with scales and shifts in the gates; with a picture they are bound: both give what the layer computes.
        double[] angles = [.. recording.Inputs((1, 2), 1).Take(4).Select((x, k) => (x - shift[8 + k]) / scale[8 + k])];
        Assert.All(angles, angle => Assert.InRange(angle, -Math.PI, Math.PI));
        AssertClose(recording.Expectations((1, 2), 1), CircuitJsonReader.Read(LayerExport.Write(request with { Image = null, Position = null })), angles);
        AssertClose(recording.Expectations((1, 2), 1), CircuitJsonReader.Read(LayerExport.Write(request)), null);
    }

    // 8 channels everywhere; half of them with join = part.
    [Theory]
    [InlineData(null, "quantum.groups=2", "quantum.shared=false")]
    [InlineData(
        "makes 12 angles of fewer channels: 8 at encoder.middle, 8 at decoder.middle, 8 at middle; with quantum.shared = false at most",
        "quantum.groups=3",
        "quantum.shared=false")]
    [InlineData(
        "makes 8 angles of fewer channels: 4 at encoder.middle, 4 at decoder.middle, 4 at up1; with quantum.join = \"part\"",
        "quantum.groups=2",
        "quantum.join=part",
        "quantum.denoiser=[\"up1\"]")]
    public void FromToml_MoreAnglesThanChannels_IsRefusedWithANewChoice(string? words, params string[] settings)
    {
        if (words is null) Assert.Null(QuantumSettings.DescribeWidth(TinyRun.Config(settings)));
        else Assert.Contains(words, Failure(() => TinyRun.Config(settings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_MoreAnglesThanChannelsAsOfOld_IsWarnedOf()
    {
        var lines = new List<string>();
        runs.Train(TinyRun.Config("quantum.groups=3", "autoencoder.training.steps=1"), stage: TrainingStage.Autoencoder, announce: lines.Add);
        Assert.Contains(
            "warning: quantum.groups = 3 with quantum.qubits = 4 makes 12 angles of fewer channels: 8 at encoder.middle, "
                + "8 at decoder.middle, 8 at middle",
            lines);
    }

    [Fact]
    public void Execute_Gated_TrainsLogsAndExportsTheLayerInside()
    {
        var run = runs.Finished("quantum.join=gated", "denoiser.training.circuit_rate=0.05");
        var log = new MetricsHistory(Path.Combine(run, "metrics.jsonl"), "denoiser");
        Assert.InRange(log.Last("circuit_displacement")!.Value, 0.02, TinyRun.Steps * 0.05);
        Assert.NotNull(log.Last($"circuit_share.{Middle[9..]}.layer"));
        Assert.Contains(
            "RZ", LayerExport.Write(new LayerExportRequest { Run = run, Layer = Middle + ".layer", Format = CircuitFormat.Json }), StringComparison.Ordinal);
    }

    // A device measures Z: what it cannot measure is said before a folder is made, and pairs of Z it can.
    [Fact]
    public void Execute_ObservablesUnderNoise_AreMeasuredOrRefused()
    {
        string[] noisy = ["quantum.noise.profile=heavy-hex", "autoencoder.training.steps=2", "denoiser.training.steps=2"];
        var folder = runs.NewFolder();
        Assert.Contains("X0", Failure(() => runs.Train(TinyRun.Config([.. noisy, "quantum.observables=Z+X"]), folder)), StringComparison.Ordinal);
        Assert.False(Path.Exists(folder));
        var run = runs.Train(TinyRun.Config([.. noisy, "quantum.observables=Z+ZZ", "quantum.groups=2"]));
        Assert.Equal([8, 16, 1, 1], Layer(run, layer => layer.named_parameters().Single(p => p.name == "expand.weight").parameter.shape));
        var json = CircuitJsonReader.Read(LayerExport.Write(new LayerExportRequest { Run = run, Layer = Middle, Format = CircuitFormat.Json }));
        Assert.Equal("Z3 Z0*Z1", string.Join(' ', json.Circuit.Observables.Skip(3).Take(2)));
    }

    // New settings at their defaults are in no fingerprint and in no comparison of weights.
    [Theory]
    [InlineData("quantum.shared", "true", "false")]
    [InlineData("quantum.observables", "Z", "Z+ZZ")]
    [InlineData("quantum.upload_scales", "false", "true")]
    [InlineData("quantum.join", "replace", "gated")]
    public void ArchitectureOf_ChoiceOfThen_IsNotNamed(string key, string then, string other)
    {
        string Shape(string value) => AutoencoderMetadata.ArchitectureOf(TinyRun.Config($"{key}={value}"));
        Assert.DoesNotContain(key, Shape(then), StringComparison.Ordinal);
        Assert.Contains(key, Shape(other), StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, CircuitDocument document, double[]? inputs)
    {
        var values = new double[expected.Length];
        new ReferenceEngine(document.Circuit).Forward(inputs ?? [.. document.Export.Inputs!], [.. document.Export.Weights!], values);
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], values[k], 2e-5);
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
