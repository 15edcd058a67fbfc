using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;
using Fovea.Tests.Torch;
using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Stages;

namespace Fovea.Tests.Training.Stages;

/// <summary>Which parameters an optimizer takes, and runs with each lever of training.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class OptimizerSettingsTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private static readonly TrainingOptions s_options = new() { Steps = 10, Batch = 4, LearningRate = 1e-3, Warmup = 0, EmaDecay = 0.9 };

    [Fact]
    public void Of_Muon_TakesHiddenMatricesOnly()
    {
        using var network = Network();
        var groupOf = ParameterGroups.Build(network, s_options with { Optimizer = "muon", CircuitRate = 0.01 })!;
        foreach (var (name, parameter) in network.named_parameters())
        {
            var orthogonal = groupOf(name).Orthogonal;
            if (parameter.dim() < 2 || name.StartsWith("classes.", StringComparison.Ordinal)) Assert.False(orthogonal, name);
            // Three channels in, three out: the first and the last convolution.
            if (name is "input.weight" or "output.weight") Assert.False(orthogonal, name);
            if (name.EndsWith(".weights", StringComparison.Ordinal))
                Assert.Equal(new ParameterGroup(10, Decays: false), groupOf(name));
        }

        Assert.True(groupOf("middle.block.conv1.weight").Orthogonal);
        Assert.True(groupOf("down.0.block.conv1.weight").Orthogonal);
    }

    [Fact]
    public void Of_NoVectorDecay_LeavesBiasesAndScalesAlone()
    {
        using var network = Network();
        Assert.Null(ParameterGroups.Build(network, s_options));
        var groupOf = ParameterGroups.Build(network, s_options with { VectorDecay = false })!;
        foreach (var (name, parameter) in network.named_parameters())
        {
            Assert.Equal(
                parameter.dim() >= 2 && !name.EndsWith(".weights", StringComparison.Ordinal), groupOf(name).Decays);
        }
    }

    // Each changes what is trained, ends with finite weights, and ends alike when it was interrupted.
    [Theory]
    [InlineData("denoiser.training.optimizer=muon")]
    [InlineData("denoiser.training.vector_decay=false")]
    [InlineData("denoiser.training.timestep_density=logit-normal")]
    [InlineData("diffusion.prediction=flow", "diffusion.schedule=rectified", "denoiser.training.min_snr_gamma=0")]
    public void Execute_WithALever_TrainsOtherwiseAndResumesToTheSameBits(params string[] settings)
    {
        static byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(run, "denoiser.safetensors"));
        var whole = runs.Finished(settings);
        Assert.NotEqual(Weights(runs.Finished()), Weights(whole));
        var folder = runs.NewFolder();
        using (var interruption = new Interruption("denoiser", 3, kill: false))
            Assert.ThrowsAny<OperationCanceledException>(() => runs.Train(TinyRun.Config(settings), folder, interruption: interruption));
        runs.Train(TinyRun.Config(settings), folder, resume: true);
        Assert.Equal(Weights(whole), Weights(folder));
    }

    [Theory]
    [InlineData("denoiser.training.optimizer=sgd", "allowed: adamw, muon")]
    [InlineData("denoiser.training.timestep_density=normal", "uniform, logit-normal")]
    [InlineData("diffusion.schedule=rectified & diffusion.prediction=epsilon", "allowed: v, sample, flow")]
    public void FromToml_NotAllowed_IsRefused(string settings, string words) =>
        Assert.Contains(words, Assert.Throws<Fovea.Core.Errors.InputException>(() => TinyRun.Config(settings.Split(" & "))).Message, StringComparison.Ordinal);

    private static UNet Network() => new(
        3, 5, new DenoiserOptions { Channels = [16, 32], Blocks = 1, Attention = [2], ClassConditional = true },
        new QuantumOptions { Denoiser = ["down1"], Autoencoder = [] });
}
