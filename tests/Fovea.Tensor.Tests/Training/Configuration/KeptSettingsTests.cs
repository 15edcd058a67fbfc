using Fovea.Study.Definitions;
using Fovea.Study.Planning;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Tests.Training.Configuration;

/// <summary>
/// What settings did when the files in the folder <c>Kept/Settings</c> were written, they do now: the text of configurations, what stored weights are compared
/// by,
/// fingerprints of cells, and what a change of each setting touches. The files are not written anew; settings that came later are not among them.
/// </summary>
public sealed class KeptSettingsTests
{
    private const string Own = "quantum.ansatz_definition=\"ansatz own\\nlayer\\nRX($a) 0\\nend\\n\"";

    // Each setting at another value than its default, with what it needs to be allowed.
    private static readonly string[] s_changes =
    [
        "name=other", "size=32", "seed=5", "threads=2", "precision=mixed", "augmentation.flip=false",
        "autoencoder.latent_channels=3", "autoencoder.channels=[16, 32]", "autoencoder.blocks=2", "autoencoder.patch=1",
        "autoencoder.training.steps=11", "autoencoder.training.batch=3", "autoencoder.training.learning_rate=0.5", "autoencoder.training.circuit_rate=0.25",
        "autoencoder.training.warmup=7", "autoencoder.training.kl_weight=0.5", "autoencoder.training.gradient_weight=0.5",
        "autoencoder.training.structure_weight=0.5",
        "autoencoder.training.discriminator_weight=0.5",
        "autoencoder.training.discriminator_start=5", "autoencoder.training.ema_decay=0.5",
        "denoiser.channels=[32, 64]", "denoiser.blocks=2", "denoiser.attention=[2]", "denoiser.class_conditional=true",
        "denoiser.training.steps=11", "denoiser.training.batch=3", "denoiser.training.learning_rate=0.5", "denoiser.training.circuit_rate=0.25",
        "denoiser.training.warmup=7", "denoiser.training.ema_decay=0.5", "denoiser.training.min_snr_gamma=1", "denoiser.training.class_dropout=0.5",
        "diffusion.schedule=linear", "diffusion.prediction=sample", "diffusion.timesteps=50", "diffusion.zero_terminal_snr=true",
        "quantum.enabled=false", "quantum.qubits=4", "quantum.layers=2", "quantum.ansatz=sel", Own,
        "quantum.encoding=iqp", "quantum.reupload=true", "quantum.observables=Z+ZZ", "quantum.engine=state-vector", "quantum.groups=2", "quantum.shared=false",
        "quantum.upload_scales=true", "quantum.upload_scales=true & quantum.upload_scale_start=[2.0]", "quantum.start_range=0.5", "quantum.projection=3",
        "quantum.join=gated", "quantum.join=part & quantum.part=0.25", "quantum.autoencoder=[\"encoder.level1\"]", "quantum.autoencoder=[]",
        "quantum.denoiser=[\"up1\"]", "quantum.denoiser=[]", "quantum.autoencoder_layer=identity", "quantum.denoiser_layer=identity",
        "quantum.noise.profile=heavy-hex", "quantum.noise.scale=2", "quantum.noise.start=0.25", "quantum.noise.stop=0.75", "quantum.noise.every=2",
        "sampling.sampler=ddim", "sampling.steps=7", "sampling.guidance=2",
        "run.checkpoint_every=7", "run.keep_checkpoints=7", "run.log_every=7", "run.grid_every=7",
    ];

    [Theory]
    [InlineData("demo.toml")]
    [InlineData("fundus-64.toml")]
    public void ToToml_ConfigurationOfThen_IsTheTextOfThen(string file)
    {
        var since = Added().Select(setting => setting.Key).ToHashSet();
        var config = RunConfigReader.FromToml(Kept(file), file);
        Assert.Equal(Kept(file), (config with { Settings = [.. config.Settings.Where(setting => !since.Contains(setting.Key))] }).ToToml());
    }

    [Fact]
    public void All_SettingsThatCameSince_HaveAValueOfBefore() =>
        Assert.All(Added().Where(setting => (setting.Affects & (Affects.Weights | Affects.Sampling)) != 0), setting => Assert.NotNull(setting.Before));

    [Fact]
    public void All_IsWhatAConfigurationHoldsInItsOrder() => Assert.Equal(
        RunSettings.All.Select(setting => setting.Key).Except([CircuitSettings.AnsatzDefinition.Key]),
        RunConfigReader.FromToml("", "empty.toml").Settings.Select(setting => setting.Key));

    [Fact]
    public void ArchitectureOf_ConfigurationsOfThen_IsTheTextOfThen() => Assert.Equal(Kept("architectures.txt"), string.Concat(Architectures()));

    [Fact]
    public void Comparisons_EachSettingChanged_TouchWhatTheyTouchedThen() =>
        Assert.Equal(Kept("changes.txt"), string.Concat(Changes("").Concat(Changes("quantum.enabled=false"))));

    // A line of the changes is "key=value: …", or "another=value & key=value: …".
    private static IEnumerable<Setting> Added() => RunSettings.All.Where(setting => !Kept("changes.txt").Contains(setting.Key + "=", StringComparison.Ordinal));

    private static string Kept(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kept", file));

    private static IEnumerable<string> Architectures()
    {
        string[] changes = ["seed=1", "quantum.enabled=false", "quantum.autoencoder_layer=frozen", "quantum.shared=false", $"quantum.ansatz=own & {Own}"];
        foreach (var (name, change) in new[] { "demo.toml", "fundus-64.toml" }.SelectMany(name => changes.Select(change => (name, change))))
        {
            var config = RunConfigReader.FromToml(Kept(name), name, Apart(change));
            yield return $"{name} {change}: {CellFingerprint.OfConfig(config)}\n  {AutoencoderMetadata.ArchitectureOf(config)}\n  {Shape(config)}\n";
        }
    }

    // A line a change: digests of its cell and of both shapes, and what differs from the configuration without it.
    private static IEnumerable<string> Changes(string common)
    {
        var fingerprint = new CellFingerprint(ShippedStudies.Read("study-smoke").Definition, "data", 64);
        RunConfig Read(string change) => RunConfigReader.FromToml("", "kept.toml", Apart($"{common} & {change}"));
        var without = Read("");
        foreach (var config in s_changes.Select(change => (Text: change, Read: Read(change))))
        {
            var (then, now) = (Compared(without, without, fingerprint), Compared(config.Read, without, fingerprint));
            var touched = then.Zip(now).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => pair.First.What);
            string[] digests =
            [
                CellFingerprint.OfConfig(config.Read),
                CellFingerprint.Hash(AutoencoderMetadata.ArchitectureOf(config.Read)),
                CellFingerprint.Hash(Shape(config.Read)),
            ];
            yield return $"{common} {config.Text}: {string.Join(' ', digests.Select(digest => digest[..12]))}: {string.Join(", ", touched)}\n".TrimStart();
        }
    }

    private static (string What, string? Value)[] Compared(RunConfig config, RunConfig without, CellFingerprint fingerprint) =>
    [
        ("resuming", config.DifferenceFrom(without)),
        ("autoencoder's weights", AutoencoderMetadata.ArchitectureOf(config)),
        ("denoiser's weights", Shape(config)),
        ("cell's autoencoder", fingerprint.OfAutoencoder(config, TrainingSize.All, 100)),
        ("cell's run", fingerprint.OfRun(config, TrainingSize.All, 100)),
        ("cell's samples", fingerprint.OfSamples(config, TrainingSize.All, 100)),
    ];

    private static string[] Apart(string settings) => settings.Split(" & ", StringSplitOptions.RemoveEmptyEntries);

    private static string Shape(RunConfig config) => string.Join("; ", DenoiserMetadata.ShapeOf(config).Select(setting => $"{setting.Key} = {setting.Value}"));
}
