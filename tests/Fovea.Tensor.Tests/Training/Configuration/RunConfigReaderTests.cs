using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Training.Configuration;

public class RunConfigReaderTests
{
    [Theory]
    [InlineData("autoencoder.chanels=[8]", "unknown setting 'autoencoder.chanels'", "did you mean 'autoencoder.channels'?")]
    [InlineData("sizes=32", "unknown setting 'sizes'", "did you mean 'size'?")]
    [InlineData("size=big", "size = \"big\" is not allowed", "a whole number from 16 to 1024")]
    [InlineData("size=8", "size = 8 is not allowed", "16 to 1024")]
    [InlineData("size=32.0", "size = 32.0 is not allowed", "a whole number")]
    [InlineData("size=50", "size = 50 is not divisible by the autoencoder's downsampling 4")]
    [InlineData("denoiser.channels=[8, 8, 8, 8, 8, 8]", "denoiser.channels has 6 levels", "side 16 is not divisible by 32")]
    [InlineData("denoiser.channels=[9, 8]", "denoiser.channels begins with 9", "even")]
    [InlineData("denoiser.channels=[]", "denoiser.channels is empty")]
    [InlineData("autoencoder.channels=[]", "autoencoder.channels is empty")]
    [InlineData("autoencoder.channels=[2]", "autoencoder.channels = [2] is not allowed", "from 4 to 1024")]
    [InlineData("autoencoder.channels=8", "autoencoder.channels = 8 is not allowed", "a list of at most 6 whole numbers")]
    [InlineData("autoencoder.patch=3", "autoencoder.patch = 3 is not allowed", "1, 2, 4")]
    [InlineData("autoencoder.training.learning_rate=nan", "autoencoder.training.learning_rate = nan is not allowed", "a number from 1E-08 to 1")]
    [InlineData("autoencoder.training.learning_rate=true", "autoencoder.training.learning_rate = true is not allowed")]
    [InlineData("denoiser.training.class_dropout=1.5", "denoiser.training.class_dropout = 1.5 is not allowed", "0 to 1")]
    [InlineData("denoiser.training.batch=0", "denoiser.training.batch = 0 is not allowed", "1 to 4096")]
    [InlineData("diffusion.schedule=cosin", "diffusion.schedule = \"cosin\" is not allowed", "linear, scaled-linear, cosine", "did you mean 'cosine'?")]
    [InlineData("sampling.guidance_low=2", "sampling.guidance_low = 2 is not allowed", "0 to 1")]
    [InlineData("sampling.guidance_high=-0.5", "sampling.guidance_high = -0.5 is not allowed", "0 to 1")]
    [InlineData("quantum.enabled=1", "quantum.enabled = 1 is not allowed", "true or false")]
    [InlineData("quantum.qubits=0", "quantum.qubits = 0 is not allowed", "1 to 64")]
    [InlineData("quantum.qubits=70", "quantum.qubits = 70 is not allowed", "1 to 64")]
    [InlineData("quantum.ansatz=ese2-recom", "quantum.ansatz", "strongly-entangling, sel, basic-entangler", "ese2-recon, r3", "did you mean 'ese2-recon'?")]
    [InlineData("quantum.ansatz=fqconv", "[quantum] qubits: fqconv takes a multiple of 3, not 8")]
    [InlineData("quantum.encoding=amplitude", "quantum.encoding = \"amplitude\" is not allowed", "X, Y, Z, iqp")]
    [InlineData("quantum.encoding=W", "quantum.encoding = \"W\" is not allowed", "X, Y, Z, iqp")]
    [InlineData(
        "quantum.engine=unitari",
        "quantum.engine = \"unitari\" is not allowed",
        "state-vector, trigonometric, unitary, auto",
        "did you mean 'unitary'?")]
    [InlineData("quantum.autoencoder=[1]", "quantum.autoencoder = [1] is not allowed", "a list of strings")]
    [InlineData(
        "quantum.autoencoder=[\"encoder.level3\"]",
        "quantum.autoencoder: 'encoder.level3'",
        "encoder.level1, encoder.level2, encoder.middle, decoder.middle, decoder.level1, decoder.level2")]
    [InlineData("quantum.denoiser=[\"midle\"]", "quantum.denoiser: 'midle'", "down1, down2, down3, middle, up1, up2, up3", "did you mean 'middle'?")]
    [InlineData("sampling.sampler=\"a\\nb\"", "sampling.sampler = \"a\\u000Ab\" is not allowed", "ddpm, ddim, dpm-solver++")]
    [InlineData("run.keep_checkpoints=0", "run.keep_checkpoints = 0 is not allowed")]
    public void FromToml_BrokenRule_IsOneLineWithSourceKeyAndAllowedValues(string setting, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(() => RunConfigReader.FromToml("", "my.toml", [setting]));
        Assert.StartsWith("my.toml: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void DescribeAttention_LevelsThatAreNotThere_AreNamed()
    {
        string? Said(params string[] settings) => DenoiserSettings.DescribeAttention(TinyRun.Config(settings).Denoiser);
        Assert.Null(Said("denoiser.channels=[8, 8]", "denoiser.attention=[2]"));
        Assert.Equal(
            "denoiser.attention names 3, the denoiser has 2 levels; attention stands at the others and in the middle",
            Said("denoiser.channels=[8, 8]", "denoiser.attention=[2, 3]"));
    }

    [Fact]
    public void FromToml_ManyQubitsWithAnAlias_IsOneLineAboutTheQubits()
    {
        var failure = Assert.Throws<InputException>(() => RunConfigReader.FromToml("", "my.toml", ["quantum.ansatz=sel", "quantum.qubits=40"]));
        Assert.StartsWith("my.toml: quantum.qubits = 40: no engine can run this circuit: state-vector: 40 wires are more than 20 (", failure.Message);
    }

    [Theory]
    [InlineData("X", InputEncoding.X)]
    [InlineData("Y", InputEncoding.Y)]
    [InlineData("Z", InputEncoding.Z)]
    [InlineData("iqp", InputEncoding.Iqp)]
    public void FromToml_Encodings_AreKnown(string name, InputEncoding encoding) =>
        Assert.Equal(encoding, RunConfigReader.FromToml("", "my.toml", [$"quantum.encoding={name}"]).Quantum.Circuit.Encoding);

    [Fact]
    public void FromToml_EveryAnsatz_IsKnown() => Assert.All(
        AnsatzRegistry.NamesAndAliases,
        ansatz => Assert.Equal(
            ansatz,
            RunConfigReader.FromToml(
                "", "my.toml", [$"quantum.ansatz={ansatz}", "quantum.qubits=12", "quantum.layers=1"]).Quantum.Circuit.Ansatz));

    [Fact]
    public void FromToml_EpsilonAtZeroTerminalSnr_IsRefused()
    {
        var failure = Assert.Throws<InputException>(
            () => RunConfigReader.FromToml("[diffusion]\nprediction = \"epsilon\"\nzero_terminal_snr = true", "my.toml"));
        Assert.Equal("my.toml: diffusion.prediction = \"epsilon\" cannot be learned at zero terminal SNR; allowed: v, sample, flow", failure.Message);
    }

    /// <summary>What the first image would find out, when the networks are trained.</summary>
    [Theory]
    [InlineData("[sampling]\nguidance_low = 0.9\nguidance_high = 0.5", "sampling.guidance_low = 0.9 is above sampling.guidance_high = 0.5")]
    [InlineData(
        "[sampling]\nattention_guidance_low = 0.9\nattention_guidance_high = 0.5",
        "sampling.attention_guidance_low = 0.9 is above sampling.attention_guidance_high = 0.5")]
    [InlineData("[diffusion]\ntimesteps = 20", "sampling.steps = 25 is above diffusion.timesteps = 20")]
    [InlineData(
        "[diffusion]\nschedule = \"linear\"\ntimesteps = 15\n[sampling]\nsteps = 5",
        "diffusion.schedule = \"linear\": beta_start, beta_end: 0.006667 and 1.333 at 15 timesteps break 0 < start < end < 1")]
    public void FromToml_SamplingThatCannotBe_IsRefused(string toml, string told) =>
        Assert.Equal($"my.toml: {told}", Assert.Throws<InputException>(() => RunConfigReader.FromToml(toml, "my.toml")).Message);

    [Theory]
    [InlineData("size")]
    [InlineData("=3")]
    [InlineData("")]
    public void FromToml_OverrideWithoutKeyAndValue_ShowsTheForm(string setting) => Assert.Equal(
        $"Overrides {setting}: not of the form section.key=value",
        Assert.Throws<InputException>(() => RunConfigReader.FromToml("", "my.toml", [setting])).Message);

    [Theory]
    [InlineData("size = ")]
    [InlineData("size = 32\nseed")]
    [InlineData("size = 32\nsize = 64")]
    [InlineData("[quantum]\nqubits = 4\n[quantum]\nlayers = 2")]
    [InlineData("[quantum\nqubits = 4")]
    [InlineData("a = \"\u0001\"")]
    public void FromToml_NotToml_IsOneLineWithTheSource(string toml)
    {
        var failure = Assert.Throws<InputException>(() => RunConfigReader.FromToml(toml, "my.toml"));
        Assert.StartsWith("my.toml: not valid TOML: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void FromFile_MissingFileOrFolder_NamesThePath()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { folder.File("no.toml"), folder.File("no/such.toml"), folder.Path })
            Assert.StartsWith(path + ": ", Assert.Throws<InputException>(() => RunConfigReader.FromFile(path)).Message);
    }

    [Fact]
    public void FromToml_LaterOverride_WinsOverEarlierAndFile()
    {
        var config = RunConfigReader.FromToml("size = 32", "my.toml", ["size=64", "size = 128 ", "diffusion.schedule=linear", "sampling.sampler=\"ddpm\""]);
        Assert.Equal((128, "linear", "ddpm"), (config.Size, config.Diffusion.Schedule, config.Sampling.Sampler));
    }

    [Fact]
    public void FromToml_Empty_IsTheDefaultsNamedAfterTheFile()
    {
        var config = RunConfigReader.FromToml("", "runs/my.toml");
        Assert.Equal(("my", 64, 16, true), (config.Name, config.Size, config.LatentSize, config.Quantum.Enabled));
    }

    [Theory]
    [InlineData("name = \"plain\"")]
    [InlineData("name = \"a \\\"b\\\" \\\\ \\n\\t é 眼 \\u0007\"")]
    [InlineData(
        "size = 32\nseed = 2147483647\n[autoencoder.training]\nlearning_rate = 1e-8\nkl_weight = 1000\nema_decay = 0.999999\n"
            + "[quantum]\nautoencoder = []\ndenoiser = [\"up1\", \"down2\"]\nreupload = true")]
    [InlineData("[autoencoder.training]\nkl_weight = 0.1\ngradient_weight = 1e-7\n[denoiser]\nattention = []\nclass_conditional = true")]
    public void ToToml_ReadAgain_IsTheSameConfiguration(string toml)
    {
        var config = RunConfigReader.FromToml(toml, "my.toml");
        var again = RunConfigReader.FromToml(config.ToToml(), "other.toml");
        Assert.Equivalent(config, again, strict: true);
        Assert.Equal(config.ToToml(), again.ToToml());
        Assert.Null(config.DifferenceFrom(again));
        Assert.Null(again.DifferenceFrom(config));
    }

    [Fact]
    public void DifferenceFrom_OtherLearningRate_NamesItWithBothValues()
    {
        var one = RunConfigReader.FromToml("", "a.toml", ["name=x", "autoencoder.training.learning_rate=0.5"]);
        var other = RunConfigReader.FromToml("", "b.toml", ["name=x", "autoencoder.training.learning_rate=0.25"]);
        Assert.Equal("autoencoder.training.learning_rate = 0.5 here, 0.25 there", one.DifferenceFrom(other));
    }

    [Theory]
    [InlineData("run.log_every=7")]
    [InlineData("run.keep_checkpoints=9")]
    [InlineData("sampling.steps=3")]
    [InlineData("sampling.guidance=2")]
    public void DifferenceFrom_SettingThatLeavesTheWeights_IsNull(string setting) =>
        Assert.Null(TinyRun.Config(setting).DifferenceFrom(TinyRun.Config()));
}
