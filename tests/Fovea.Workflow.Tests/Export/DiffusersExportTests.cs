using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Export;

/// <summary>
/// A denoiser that is exported for diffusers has the names and shapes of <c>UNet2DModel</c> and, computed as that class does, the same function.
/// </summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class DiffusersExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("v", "denoiser.channels=[32,64]")]
    [InlineData("epsilon", "denoiser.channels=[32,64,96]", "denoiser.blocks=2", "denoiser.attention=[2,3]")]
    [InlineData("flow", "denoiser.channels=[64,32]", "denoiser.attention=[1]", "denoiser.class_conditional=false", "diffusion.schedule=rectified")]
    public void Denoiser_AsTheClassThere_IsTheSameFunction(string prediction, params string[] overrides)
    {
        var config = TinyRun.Config(["quantum.enabled=false", $"diffusion.prediction={prediction}", .. overrides]);
        var (run, output) = (Run(config), _folder.File("diffusers"));
        var files = DiffusersExport.Execute(run, output, cancellation: TestContext.Current.CancellationToken);
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(output, file)).Length > 0));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var content = SafetensorsFile.Load(Path.Combine(output, DiffusersExport.WeightsName));
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, DiffusersExport.ConfigName)));
        var there = new UNet2DReference(document.RootElement, content.Tensors);
        Assert.Equal(
            there.Shapes().Select(shape => $"{shape.Name} {string.Join(',', shape.Shape)}").Order(StringComparer.Ordinal),
            content.Tensors.Select(tensor => $"{tensor.Key} {string.Join(',', tensor.Value.shape)}").Order(StringComparer.Ordinal));
        using var opened = RunFolder.Open(run);
        using var model = TrainedModel.Load(opened, config, ComputeContext.Start(1, "cpu"));
        var latents = Networks.Normal(1, 3, 2, config.LatentSize, config.LatentSize);
        var timesteps = tensor(new long[] { 0, 17, 49 });
        var classes = model.Denoiser.ClassCount > 0 ? tensor(new long[] { 0, 2, 4 }) : null;
        var (expected, actual) = (model.Denoiser.call(latents, timesteps, classes), there.Apply(latents, timesteps, classes));
        Assert.True(expected.std().ToSingle() > 0.1);
        Assert.InRange(expected.sub(actual).abs().max().ToSingle(), 0, 1e-4f);
    }

    // The products of 1 − β are the squares of the run's own factors; a flow has no scheduler there.
    [Theory]
    [InlineData("v", "v_prediction")]
    [InlineData("epsilon", "epsilon")]
    [InlineData("sample", "sample")]
    [InlineData("flow", null)]
    public void Scheduler_HasTheRunsNoise(string prediction, string? told)
    {
        var output = _folder.File("diffusers");
        string[] settings = ["quantum.enabled=false", "denoiser.channels=[32,64]", $"diffusion.prediction={prediction}"];
        DiffusersExport.Execute(Run(TinyRun.Config(settings)), output, cancellation: TestContext.Current.CancellationToken);
        var path = Path.Combine(output, DiffusersExport.SchedulerName);
        Assert.Equal(told is not null, File.Exists(path));
        if (told is null) return;
        using var scheduler = JsonDocument.Parse(File.ReadAllText(path));
        using var model = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, OnnxExport.ModelName)));
        Assert.Equal(told, scheduler.RootElement.GetProperty("prediction_type").GetString());
        string[] switches = ["clip_sample", "thresholding", "set_alpha_to_one"];
        Assert.Equal([false, false, true], switches.Select(name => scheduler.RootElement.GetProperty(name).GetBoolean()));
        Assert.Equal("trailing", scheduler.RootElement.GetProperty("timestep_spacing").GetString());
        var kept = 1.0;
        var alphas = model.RootElement.GetProperty("alphas").EnumerateArray();
        foreach (var (beta, alpha) in scheduler.RootElement.GetProperty("trained_betas").EnumerateArray().Zip(alphas))
            Assert.Equal(Math.Pow(alpha.GetDouble(), 2), kept *= 1 - beta.GetDouble(), 1e-12);
    }

    [Fact]
    public void Execute_AFlowOverAnotherExport_LeavesNoSchedulerOfThat()
    {
        var output = _folder.File("diffusers");
        string[] settings = ["quantum.enabled=false", "denoiser.channels=[32,64]"];
        DiffusersExport.Execute(Run(TinyRun.Config([.. settings, "diffusion.prediction=v"])), output, cancellation: TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(output, DiffusersExport.SchedulerName)));
        var flow = Run(TinyRun.Config([.. settings, "diffusion.prediction=flow"]));
        DiffusersExport.Execute(flow, output, force: true, TestContext.Current.CancellationToken);
        Assert.False(File.Exists(Path.Combine(output, DiffusersExport.SchedulerName)));
    }

    [Theory]
    [InlineData("2 quantum layers or controls", "denoiser.channels=[32,64]")]
    [InlineData("denoiser.mask_conditional", "denoiser.channels=[32,64]", "quantum.enabled=false", "denoiser.mask_conditional=true")]
    [InlineData("groups of normalisation", "denoiser.channels=[4,8]", "quantum.enabled=false")]
    [InlineData("layers of 32, 48 channels of an attention head", "denoiser.channels=[32,48]", "denoiser.attention=[1,2]", "quantum.enabled=false")]
    public void Execute_WhatDiffusersHasNot_IsOneLineAndNoFolder(string told, params string[] overrides)
    {
        var output = _folder.File("diffusers");
        var refused = Assert.Throws<InputException>(
            () => DiffusersExport.Execute(Run(TinyRun.Config(overrides)), output, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Format onnx", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output) || Directory.Exists(output + ".partial"));
    }

    private string Run(RunConfig config) => UntrainedRun.Write(_folder, config);
}
