using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Tests.Torch;
using Fovea.Training;

namespace Fovea.Tests.Training.Stages;

/// <summary>Training with circuits on a noisy device.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class NoisyTrainingTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private const string HeavyHex = "quantum.noise.profile=heavy-hex";

    [Fact]
    public void Execute_WithNoise_TrainsOtherWeightsAndKeepsTheProfile()
    {
        var (ideal, noisy) = (runs.Finished(), runs.Finished(HeavyHex));
        AssertDiffers(ideal, noisy, "autoencoder.safetensors");
        AssertDiffers(ideal, noisy, "denoiser.safetensors");
        Assert.False(File.Exists(Path.Combine(ideal, "noise-profile.toml")));
        Assert.Equal(DeviceProfileWriter.ToToml(ShippedProfiles.Find("heavy-hex")), File.ReadAllText(Path.Combine(noisy, "noise-profile.toml")));
    }

    [Theory]
    [InlineData("quantum.noise.start=0.95")]
    [InlineData("quantum.noise.scale=0")]
    public void Execute_NoiseThatIsNeverOn_IsTheIdealRunBitForBit(string never) => AssertSame(runs.Finished(), runs.Train(TinyRun.Config(HeavyHex, never)));

    [Fact]
    public void Execute_NoiseFromHalfWay_IsIdealUntilThen()
    {
        var (ideal, noisy) = (
            Losses(runs.Finished()), Losses(runs.Train(TinyRun.Config(HeavyHex, "quantum.noise.start=0.5"), stage: TrainingStage.Autoencoder)));
        Assert.Equal(TinyRun.Steps, noisy.Count);
        // Noise of step 3 shows in the loss of that step.
        Assert.Equal([true, true, true, false, false, false], noisy.Zip(ideal, (a, b) => a == b));
    }

    [Fact]
    public void Execute_NoisyTrainingInterrupted_EndsBitIdentical()
    {
        string[] settings = [HeavyHex, "quantum.noise.every=2"];
        var folder = runs.NewFolder();
        foreach (var (stage, step, kill) in new[] { ("autoencoder", 3, true), ("autoencoder", 5, false), ("denoiser", 1, false), ("denoiser", 5, true) })
        {
            using var interruption = new Interruption(stage, step, kill);
            Assert.NotNull(Record.Exception(() => runs.Train(TinyRun.Config(settings), folder, resume: Directory.Exists(folder), interruption: interruption)));
            Assert.True(interruption.Happened);
        }

        runs.Train(TinyRun.Config(settings), folder, resume: true);
        AssertSame(runs.Finished(settings), folder);
        AssertDiffers(runs.Finished(), folder, "denoiser.safetensors");
    }

    [Fact]
    public void Execute_ResumedWithAChangedProfileFile_IsRefusedUntilItIsAsItWas()
    {
        var (folder, path) = (runs.NewFolder(), runs.NewFolder() + ".toml");
        var profile = ShippedProfiles.Find("trapped-ion");
        File.WriteAllText(path, DeviceProfileWriter.ToToml(profile));
        var config = TinyRun.Config($"quantum.noise.profile={path}");
        using (var interruption = new Interruption("autoencoder", 2, kill: true))
            Assert.Throws<Interruption.KilledException>(() => runs.Train(config, folder, interruption: interruption));

        File.WriteAllText(path, DeviceProfileWriter.ToToml(profile.Scaled(2)));
        AssertRefused(
            () => runs.Train(config, folder, resume: true), folder, "cannot be resumed with another device", $"quantum.noise.profile = {path} has changed");
        File.WriteAllText(path, DeviceProfileWriter.ToToml(profile));
        runs.Train(config, folder, resume: true, stage: TrainingStage.Autoencoder);
    }

    [Fact]
    public void Execute_ResumedWithOtherNoise_NamesTheSetting() => AssertRefused(
        () => runs.Train(TinyRun.Config(HeavyHex), runs.Finished(), resume: true), "other settings", "quantum.noise.profile = \"heavy-hex\" here, \"\" there");

    [Fact]
    public void Execute_IdealAutoencoder_IsTakenOverByARunWithNoise()
    {
        var source = runs.Finished();
        var folder = runs.Train(TinyRun.Config(HeavyHex), autoencoder: source);
        Assert.Equal(File.ReadAllBytes(Path.Combine(source, "autoencoder.safetensors")), File.ReadAllBytes(Path.Combine(folder, "autoencoder.safetensors")));
        // Latents are those of ideal circuits.
        Assert.Equal(File.ReadAllBytes(Path.Combine(source, "latents.safetensors")), File.ReadAllBytes(Path.Combine(folder, "latents.safetensors")));
        AssertDiffers(source, folder, "denoiser.safetensors");
    }

    [Theory]
    [InlineData("quantum.noise.profile=heavy-hx", "device profile 'heavy-hx' is not known", "did you mean 'heavy-hex'?")]
    [InlineData("quantum.reupload=true", "device heavy-hex: ", "input")]
    [InlineData("quantum.qubits=30", "device heavy-hex: it has 27 qubit(s), the circuit needs 30")]
    public void Execute_NoiseThatCannotBeRun_IsRefusedBeforeAFolderIsMade(string setting, params string[] parts)
    {
        var folder = runs.NewFolder();
        // Late noise: what cannot be run must not be found half way.
        AssertRefused(() => runs.Train(TinyRun.Config(HeavyHex, "quantum.noise.start=0.9", setting), folder), parts);
        Assert.False(Path.Exists(folder));
    }

    private static List<double> Losses(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(e => e.GetProperty("stage").GetString() == "autoencoder").Select(e => e.GetProperty("loss").GetDouble()),
    ];

    private static void AssertSame(string expected, string actual)
    {
        string[] files =
        [
            "autoencoder.safetensors", "denoiser.safetensors", "latents.safetensors", "reconstruction.json",
            $"checkpoints/autoencoder-{TinyRun.Steps:D8}.safetensors", $"checkpoints/denoiser-{TinyRun.Steps:D8}.safetensors",
            $"samples/samples-{TinyRun.Steps:D8}.png",
        ];
        foreach (var file in files)
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(expected, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, file))), $"{file} differs");
        }
    }

    private static void AssertDiffers(string one, string other, string file) =>
        Assert.False(File.ReadAllBytes(Path.Combine(one, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(other, file))), $"{file} is the same");

    private static void AssertRefused(Action action, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(action);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
