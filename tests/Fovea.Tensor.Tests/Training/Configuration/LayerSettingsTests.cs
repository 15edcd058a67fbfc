using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Training.Configuration;

/// <summary>The settings that put controls in the circuit's place.</summary>
public sealed class LayerSettingsTests
{
    private const string HeavyHex = "quantum.noise.profile=heavy-hex";

    [Fact]
    public void FromToml_WithoutTheSettings_IsCircuits()
    {
        var quantum = RunConfigReader.FromToml("", "my.toml").Quantum;
        Assert.Equal((QuantumLayerKind.Circuit, QuantumLayerKind.Circuit), (quantum.AutoencoderLayer, quantum.DenoiserLayer));
    }

    [Fact]
    public void FromToml_EveryName_IsReadAndWritten()
    {
        foreach (var name in QuantumLayerKinds.Names)
        {
            var config = RunConfigReader.FromToml($"[quantum]\nautoencoder_layer = \"{name}\"\ndenoiser_layer = \"identity\"", "my.toml");
            Assert.Equal((QuantumLayerKinds.Parse(name), QuantumLayerKind.Identity), (config.Quantum.AutoencoderLayer, config.Quantum.DenoiserLayer));
            Assert.Equal(config.Quantum.AutoencoderLayer, RunConfigReader.FromToml(config.ToToml(), "again.toml").Quantum.AutoencoderLayer);
        }
    }

    [Theory]
    [InlineData(
        "quantum.denoiser_layer=frosen",
        "quantum.denoiser_layer = \"frosen\" is not allowed",
        "allowed: circuit, frozen, matched-mlp, wide-mlp, trigonometric, identity, separable",
        "did you mean 'frozen'?")]
    [InlineData("quantum.autoencoder_layer=3", "quantum.autoencoder_layer = 3 is not allowed", "circuit, frozen")]
    [InlineData("quantum.autoencoder_layer=\"\"", "quantum.autoencoder_layer = \"\" is not allowed", "circuit, frozen")]
    [InlineData("quantum.layer=circuit", "unknown setting 'quantum.layer'", "quantum.autoencoder_layer", "quantum.denoiser_layer")]
    public void FromToml_BrokenName_IsOneLineWithTheAllowedOnes(string setting, params string[] parts) => AssertRefused([setting], parts);

    [Fact]
    public void FromToml_NoiseWithoutACircuit_IsRefusedInOneLine()
    {
        AssertRefused(
            [HeavyHex, "quantum.autoencoder_layer=identity", "quantum.denoiser_layer=wide-mlp"],
            "quantum.noise.profile = \"heavy-hex\" needs a layer that runs a circuit",
            "quantum.autoencoder_layer = \"identity\", quantum.denoiser_layer = \"wide-mlp\"",
            "allowed in one of them: circuit, frozen, separable");
        AssertRefused([HeavyHex, "quantum.autoencoder=[]", "quantum.denoiser_layer=identity"], "there is none with quantum.denoiser_layer = \"identity\";");
    }

    [Theory]
    [InlineData("quantum.autoencoder_layer=frozen", "quantum.denoiser_layer=wide-mlp")]
    [InlineData("quantum.autoencoder_layer=identity", "quantum.denoiser_layer=circuit")]
    [InlineData("quantum.denoiser_layer=identity")]
    [InlineData("quantum.autoencoder_layer=identity", "quantum.denoiser_layer=identity", "quantum.enabled=false")]
    public void FromToml_NoiseWithACircuitSomewhereOrInTheTwin_IsTaken(params string[] settings) =>
        Assert.Equal("heavy-hex", RunConfigReader.FromToml("", "my.toml", [HeavyHex, .. settings]).Noise.Profile);

    [Fact]
    public void DifferenceFrom_ConfigurationFromBeforeTheSettings_IsNullForCircuitsOnly()
    {
        var now = RunConfigReader.FromToml("name = \"x\"", "my.toml");
        var older = string.Join('\n', now.ToToml().Split('\n').Where(line => !line.Contains("_layer = ", StringComparison.Ordinal)));
        var earlier = RunConfigReader.FromToml(older, "config.toml");
        Assert.Null(now.DifferenceFrom(earlier));
        Assert.Null(earlier.DifferenceFrom(now));
        var control = RunConfigReader.FromToml("name = \"x\"", "my.toml", ["quantum.denoiser_layer=frozen"]);
        Assert.Equal("quantum.denoiser_layer = \"frozen\" here, \"circuit\" there", control.DifferenceFrom(earlier));
    }

    private static void AssertRefused(string[] settings, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(() => RunConfigReader.FromToml("", "my.toml", settings));
        Assert.StartsWith("my.toml: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
