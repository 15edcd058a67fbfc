using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Models;
using Fovea.Models.Controls;
using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Training.Layers;

/// <summary>Runs whose networks hold controls in the circuit's place.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class ControlRunTests(TinyRun runs) : IClassFixture<TinyRun>
{
    public static TheoryData<string> Names => [.. QuantumLayerKinds.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Execute_EachKindInBothNetworks_TrainsAndSamples(string name)
    {
        var run = runs.Finished(Short(name));
        using var model = Load(run);
        Assert.All(model.Networks.SelectMany(ParameterReport.AngleLayersOf), layer => Assert.Equal(name, layer.Kind.Name()));
        Assert.Equal(4, model.Networks.SelectMany(ParameterReport.AngleLayersOf).Count());
        var output = runs.NewFolder();
        SamplingRun.Execute(
            run, output, force: false, null, new SampleRequest { Count = 2, Seed = 1 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(
            ["000000.png", "000001.png", "classes.csv", "grid.png"], Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Execute_Frozen_KeepsTheSeedsCircuitWeightsInEveryFileAndExportsThem()
    {
        var run = runs.Finished(Short("frozen"));
        using var model = Load(run);
        using var untrained = DenoiserFile.Create(
            RunConfigReader.FromFile(Path.Combine(run, "config.toml")), new DenoiserMetadata { ClassNames = ["a", "b", "c", "d", "e"] });
        var (expected, frozen) = (ControlLayers.Values(untrained), ControlLayers.Values(model.Denoiser));
        Assert.Equal(expected["middle.block.conv2.weights"], frozen["middle.block.conv2.weights"]);
        Assert.NotEqual(expected["middle.block.conv2.project.weight"], frozen["middle.block.conv2.project.weight"]);
        using var circuit = Load(runs.Finished(Short("circuit")));
        Assert.NotEqual(expected["middle.block.conv2.weights"], ControlLayers.Values(circuit.Denoiser)["middle.block.conv2.weights"]);

        var json = LayerExport.Write(new LayerExportRequest { Run = run, Layer = "denoiser.middle.block.conv2", Format = CircuitFormat.Json });
        var written = Numbers(JsonDocument.Parse(json).RootElement).ToArray();
        Assert.All(expected["middle.block.conv2.weights"], weight => Assert.Contains(written, number => Math.Abs(number - weight) < 1e-6));
    }

    [Theory]
    [InlineData("frozen")]
    [InlineData("matched-mlp")]
    public void Execute_Interrupted_EndsBitIdentical(string name)
    {
        var folder = runs.NewFolder();
        using (var interruption = new Interruption("denoiser", 1, kill: true))
            Assert.Throws<Interruption.KilledException>(() => runs.Train(TinyRun.Config(Short(name)), folder, interruption: interruption));
        runs.Train(TinyRun.Config(Short(name)), folder, resume: true);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(runs.Finished(Short(name)), "denoiser.safetensors")),
            File.ReadAllBytes(Path.Combine(folder, "denoiser.safetensors")));
    }

    [Fact]
    public void Execute_FrozenUnderNoise_TrainsOtherwiseThanIdeal()
    {
        var noisy = runs.Finished([.. Short("frozen"), "quantum.noise.profile=heavy-hex"]);
        Assert.NotEqual(
            File.ReadAllBytes(Path.Combine(runs.Finished(Short("frozen")), "denoiser.safetensors")),
            File.ReadAllBytes(Path.Combine(noisy, "denoiser.safetensors")));
    }

    [Fact]
    public void Execute_RunFromBeforeTheSettings_ResumesAsACircuitAndAsNothingElse()
    {
        var run = runs.Train(TinyRun.Config(Short("circuit")));
        var config = Path.Combine(run, "config.toml");
        var lines = File.ReadAllLines(config);
        var older = lines.Where(line => !line.Contains("_layer = ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(lines.Length - 2, older.Length);
        File.WriteAllLines(config, older);
        runs.Train(TinyRun.Config(Short("circuit")), run, resume: true);
        var failure = Assert.Throws<InputException>(() => runs.Train(TinyRun.Config(Short("identity")), run, resume: true));
        Assert.Contains("quantum.autoencoder_layer = \"identity\" here, \"circuit\" there", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_AutoencoderOfAnotherKind_IsRefusedAndOfAnotherDenoiserTaken()
    {
        var source = runs.Finished(Short("circuit"));
        var failure = Assert.Throws<InputException>(() => runs.Train(TinyRun.Config(Short("frozen")), autoencoder: source));
        Assert.Contains("quantum.autoencoder_layer = \"frozen\"", failure.Message, StringComparison.Ordinal);
        string[] denoiserOnly = [.. Short("frozen"), "quantum.autoencoder_layer=circuit"];
        var run = runs.Train(TinyRun.Config(denoiserOnly), autoencoder: source);
        Assert.Equal(File.ReadAllBytes(Path.Combine(source, "autoencoder.safetensors")), File.ReadAllBytes(Path.Combine(run, "autoencoder.safetensors")));
    }

    // 4 qubits, 2 layers: 24 weights, 2 · 9 + 4 of a perceptron of 2 units. Circuits: 5 images, 8 × 8 positions, 2 places.
    [Theory]
    [InlineData("circuit", "48 of them circuit weights in 2 quantum layers, 640 circuits a step")]
    [InlineData("frozen", "0 of them in the middles of 2 frozen layers, 640 circuits a step")]
    [InlineData("matched-mlp", "44 of them in the middles of 2 matched-mlp layers")]
    public void Execute_Announced_SaysWhatIsTrainedInTheMiddles(string name, string expected)
    {
        var lines = new List<string>();
        var request = new TrainingRequest { Dataset = runs.Dataset, Output = runs.NewFolder(), Stage = TrainingStage.Autoencoder };
        new TrainingRun(TinyRun.Config(Short(name)), request) { Announce = lines.Add }.Execute(cancellation: TestContext.Current.CancellationToken);
        Assert.Contains($" parameters ({expected}), 2 steps of 5", lines[0], StringComparison.Ordinal);
    }

    // What weights of earlier versions hold as their architecture must stay what a circuit's configuration asks for.
    [Fact]
    public void ArchitectureOf_Circuits_SaysNothingOfKinds()
    {
        Assert.DoesNotContain("_layer", AutoencoderMetadata.ArchitectureOf(TinyRun.Config("quantum.denoiser_layer=identity")), StringComparison.Ordinal);
        Assert.EndsWith(
            "; quantum.autoencoder_layer = \"identity\"",
            AutoencoderMetadata.ArchitectureOf(TinyRun.Config("quantum.autoencoder_layer=identity")),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "_layer",
            AutoencoderMetadata.ArchitectureOf(TinyRun.Config("quantum.autoencoder_layer=identity", "quantum.enabled=false")),
            StringComparison.Ordinal);
    }

    private static string[] Short(string kind) =>
        ["autoencoder.training.steps=2", "denoiser.training.steps=2", $"quantum.autoencoder_layer={kind}", $"quantum.denoiser_layer={kind}"];

    private static TrainedModel Load(string run)
    {
        using var folder = RunFolder.Open(run);
        return TrainedModel.Load(folder, RunConfigReader.FromFile(folder.Config));
    }

    private static IEnumerable<double> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Numbers(property.Value)),
        _ => [],
    };
}
