using Fovea.Devices.Exchange;
using Fovea.Imaging.Grids;
using Fovea.Quantum.Engines;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Cli;

public sealed class CircuitExportTests(PhantomPair pair) : IClassFixture<PhantomPair>
{
    private const string Layer = "autoencoder.encoder.middle.conv2";

    [Theory]
    [InlineData("autoencoder.", CircuitFormat.OpenQasm3)]
    [InlineData("autoencoder.", CircuitFormat.OpenQasm2)]
    [InlineData("denoiser.", CircuitFormat.OpenQasm3)]
    [InlineData("denoiser.", CircuitFormat.Json)]
    public void Write_WithAnImage_HoldsWhatTheLayerComputes(string network, CircuitFormat format)
    {
        TorchRuntime.Initialize(1);
        using var run = RunFolder.Open(pair.Run);
        var config = RunConfigReader.FromFile(run.Config);
        using var model = TrainedModel.Load(run, config);
        var (name, layer) = LayerExport.LayersOf(model).Last(entry => entry.Name.StartsWith(network, StringComparison.Ordinal));
        var request = new LayerExportRequest
        {
            Run = pair.Run,
            Layer = name,
            Format = format,
            Image = Image(),
            Position = (1, 2),
            Group = config.Quantum.Groups - 1,
            Timestep = network == "denoiser." ? 500 : null,
        };
        var recording = LayerExport.Record(model, config, layer, request);
        Assert.NotEqual(recording.Inputs((1, 2), 0), recording.Inputs((2, 1), 0));
        // Single precision in the layer, double in the file.
        AssertClose(recording.Expectations((1, 2), request.Group!.Value), Evaluate(LayerExport.Write(request), format));
    }

    [Theory]
    [InlineData("openqasm3", "OPENQASM 3.0;")]
    [InlineData("json", "fovea-circuit")]
    public void Export_WithoutAnImage_LeavesInputsOpen(string format, string word)
    {
        var result = FoveaCommand.Run("circuit", "export", pair.Run, "--layer", Layer, "--format", format);
        result.AssertSuccess();
        Assert.Contains(word, result.Output, StringComparison.Ordinal);
        var inputs = format == "json"
            ? CircuitJsonReader.Read(result.Output).Circuit.InputCount
            : OpenQasmReader.Read(result.Output).Circuit.InputCount;
        Assert.Equal(2, inputs);
    }

    [Fact]
    public void Export_ToAFile_RunsAndIsNotReplaced()
    {
        var file = pair.New("layer") + ".qasm";
        string[] command = ["circuit", "export", pair.Run, "--layer", Layer, "--format", "openqasm2", "--image", Image(), "--position", "0,3", "--out", file];
        FoveaCommand.Run(command).AssertSuccess();
        Assert.StartsWith("// ", File.ReadAllText(file), StringComparison.Ordinal);
        FoveaCommand.Run("circuit", "run", file, "--noise", "trapped-ion").AssertSuccess();
        FoveaCommand.Run(command).AssertBadInput(file, "--force");
        FoveaCommand.Run([.. command, "--force"]).AssertSuccess();
    }

    [Fact]
    public void Export_BadInput_IsOneLine()
    {
        var image = Image();
        var wrong = pair.New("wide") + ".png";
        PngFile.Write(wrong, new byte[3 * 16 * 16], 16, 16);
        void Refused(string[] options, params string[] words) => WithoutWarnings(FoveaCommand.Run(["circuit", "export", pair.Run, .. options]))
            .AssertBadInput(words);
        Refused([], "--layer is missing", "allowed: autoencoder.");
        Refused(["--layer", Layer[..^1]], $"did you mean '{Layer}'?");
        Refused(["--layer", Layer, "--format", "openqasm2"], "OpenQASM 2 has no parameters", "--image");
        Refused(["--layer", Layer, "--format", "qir"], "--format qir", "openqasm3, openqasm2, json");
        Refused(["--layer", Layer, "--position", "0,0"], "go with --image");
        Refused(["--layer", Layer, "--image", image], "--position X,Y");
        Refused(["--layer", Layer, "--image", image, "--position", "1"], "--position 1", "3,2");
        Refused(["--layer", Layer, "--image", image, "--position", "99,0"], "--position 99,0", "X 0 to");
        Refused(["--layer", Layer, "--image", image, "--position", "0,-1"], "--position 0,-1", "Y 0 to");
        Refused(["--layer", Layer, "--image", image, "--position", "0,0", "--group", "999"], "--group 999", "allowed: 0");
        Refused(["--layer", Layer, "--image", image, "--position", "0,0", "--timestep", "1"], "--timestep goes with layers of the denoiser");
        Refused(["--layer", Layer, "--image", wrong, "--position", "0,0"], "16 × 16 pixels", "32 × 32");
        Refused(["--layer", Layer, "--image", wrong + "x", "--position", "0,0"], wrong + "x");
        FoveaCommand.Run("circuit", "export", pair.Dataset, "--layer", Layer).AssertBadInput(pair.Dataset, "not a run");
    }

    /// <summary>On some processors the tensor library itself prints warnings about its kernels when a network runs.</summary>
    private static FoveaResult WithoutWarnings(FoveaResult result) =>
        result with { Error = string.Join('\n', result.Error.Split('\n').Where(line => !line.Contains("NNPACK", StringComparison.Ordinal))) };

    private static double[] Evaluate(string text, CircuitFormat format)
    {
        var document = format == CircuitFormat.Json
            ? CircuitJsonReader.Read(text)
            : new CircuitDocument(OpenQasmReader.Read(text).Circuit, new CircuitExport());
        var values = new double[document.Circuit.Observables.Length];
        new ReferenceEngine(document.Circuit).Forward([.. document.Export.Inputs ?? []], [.. document.Export.Weights ?? []], values);
        return values;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-5);
    }

    private string Image()
    {
        var path = pair.New("picture") + ".png";
        var pixels = new byte[3 * 32 * 32];
        for (var k = 0; k < pixels.Length; k++) pixels[k] = (byte)(k * k % 251);
        PngFile.Write(path, pixels, 32, 32);
        return path;
    }
}
