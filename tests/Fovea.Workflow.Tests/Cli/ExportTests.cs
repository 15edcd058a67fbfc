using Fovea.Tests.Torch;

namespace Fovea.Tests.Cli;

[Collection(nameof(MemoryMeasurements))]
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Export_APretrainedModel_SaysWhatItWrote()
    {
        var output = _folder.File("onnx");
        var result = FoveaCommand.Run("export", "pretrained:fundus-64-classical", "--format", "ONNX", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal($"decoder.onnx, denoiser.onnx, model.json, sample.py, Sampling.cs, README.md: {output}\n", result.Output);
        Assert.Equal(6, Directory.EnumerateFiles(output).Count());
    }

    [Fact]
    public void Export_AClassicalModelForDiffusers_SaysWhatItWrote()
    {
        var output = _folder.File("diffusers");
        var result = FoveaCommand.Run("export", "pretrained:fundus-64-classical", "--format", "diffusers", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            $"unet/config.json, unet/diffusion_pytorch_model.safetensors, decoder.onnx, model.json, sample.py, README.md: {output}\n", result.Output);
        Assert.Equal(6, Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).Count());
        Assert.DoesNotMatch(@"(?m)^[^`\n]*\{[a-z]+\}", File.ReadAllText(Path.Combine(output, "README.md")).Split("```python")[0]);
    }

    [Theory]
    [InlineData("--format pytorch", "allowed: onnx, diffusers")]
    [InlineData("", "no such pretrained model")]
    public void Export_BadInput_IsOneLine(string options, string told)
    {
        var run = options.Length > 0 ? "pretrained:fundus-64-classical" : "pretrained:fundus-64-classic";
        var result = FoveaCommand.Run(["export", run, "--out", _folder.File("onnx"), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(character => character == '\n'));
        Assert.False(Directory.Exists(_folder.File("onnx")));
    }

    [Fact]
    public void Export_AQuantumModelForDiffusers_IsOneLine()
    {
        var output = _folder.File("diffusers");
        FoveaCommand.Run("export", "pretrained:fundus-64-quantum", "--format", "diffusers", "--out", output)
            .AssertBadInput("pretrained:fundus-64-quantum", "quantum layers", "--format onnx");
        Assert.False(Directory.Exists(output));
    }

    // A run that was not trained to its end has an autoencoder and no denoiser.
    [Fact]
    public void Export_ARunWithoutWeights_IsOneLine()
    {
        var run = Directory.CreateDirectory(_folder.File("run")).FullName;
        File.WriteAllText(Path.Combine(run, "config.toml"), "size = 32\nthreads = 1\n[run]\nlog_every = 1\n");
        var result = FoveaCommand.Run("export", run, "--out", _folder.File("onnx"));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("no trained autoencoder here", result.Error, StringComparison.Ordinal);
        Assert.Equal(["run"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }
}
