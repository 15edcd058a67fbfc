using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using Fovea.Training.Runs;

namespace Fovea.Tests.Training.Configuration;

/// <summary>A run with the user's own ansatz.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class AnsatzSettingsTests(TinyRun runs) : IClassFixture<TinyRun>, IDisposable
{
    private const string Mine = "# Mine: \"as it is\" \\ é\nansatz my-circuit\nalias mine\nlayer\n\tfor i = 0 .. n-1\n    RY($a) i\n"
        + "    RX i\nend\r\nCNOT 0, 1\nend\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromFile_Path_StartsFromTheConfigurationsFolderAndIsKeptAsText()
    {
        Write("mine.ansatz", Mine);
        var config = RunConfigReader.FromFile(Write("my.toml", "[quantum]\nqubits = 3\nansatz = \"mine.ansatz\"\nlayers = 2"));
        Assert.Equal(("my-circuit", Mine), (config.Quantum.Circuit.Ansatz, config.Quantum.Circuit.Definition));
        Assert.Equal(8, config.Quantum.Circuit.BuildCircuit().WeightCount);
        Assert.Contains("\nansatz = \"my-circuit\"\nansatz_definition = \"\"\"\n# Mine: \\\"as it is\\\"", config.ToToml(), StringComparison.Ordinal);
        Assert.Contains("\n    RX i\nend\\u000D\nCNOT 0, 1\nend\n\"\"\"\n", config.ToToml(), StringComparison.Ordinal);

        var again = RunConfigReader.FromToml(config.ToToml(), "other.toml");
        Assert.Equivalent(config, again, strict: true);
        Assert.Equal(config.ToToml(), again.ToToml());
        Assert.Null(config.DifferenceFrom(again));
        Assert.Null(again.DifferenceFrom(config));
    }

    [Theory]
    [InlineData("mine", "my-circuit")]
    [InlineData("my-circuit", "my-circuit")]
    public void FromToml_DefinitionInTheConfiguration_NeedsNoFile(string name, string expected)
    {
        var config = RunConfigReader.FromToml($"[quantum]\nansatz = \"{name}\"\nansatz_definition = '''\n{Mine.Replace("\r", "")}'''", "my.toml");
        Assert.Equal(expected, config.Quantum.Circuit.Ansatz);
        // Three layers of eight weights and a shared one.
        Assert.Equal(27, config.Quantum.Circuit.BuildCircuit().WeightCount);
    }

    [Fact]
    public void FromToml_DefinitionAlone_NamesTheAnsatz() => Assert.Equal(
        "a", RunConfigReader.FromToml("[quantum]\nansatz_definition = \"ansatz a\\nlayer\\nRX 0\\nend\"", "my.toml").Quantum.Circuit.Ansatz);

    [Fact]
    public void FromFile_PathOfAnOverride_StartsFromTheWorkingFolder()
    {
        var path = Write("mine.ansatz", Mine);
        var config = Write("elsewhere/my.toml", "");
        Assert.Equal("my-circuit", RunConfigReader.FromFile(config, [$"quantum.ansatz={path}"]).Quantum.Circuit.Ansatz);
        var missing = Assert.Throws<InputException>(() => RunConfigReader.FromFile(config, ["quantum.ansatz=no.ansatz"]));
        Assert.Equal("no.ansatz: no such file", missing.Message);
    }

    [Fact]
    public void FromFile_CopyOfAShippedFile_IsTheShippedAnsatz()
    {
        Write("copy.ansatz", AnsatzRegistry.Get("hqconv").Source);
        var config = RunConfigReader.FromFile(Write("my.toml", "[quantum]\nansatz = \"copy.ansatz\""));
        Assert.Equal(("hqconv", null), (config.Quantum.Circuit.Ansatz, config.Quantum.Circuit.Definition));
        Assert.DoesNotContain("ansatz_definition", config.ToToml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[quantum]\nansatz_definition = \"ansatz a\\nlayer\\nRQ 0\\nend\"", "my.toml: quantum.ansatz_definition:3: unknown gate 'RQ'")]
    [InlineData(
        "[quantum]\nansatz_definition = \"ansatz a\\nlayer\\nRX n\\nend\"",
        "my.toml: quantum.ansatz_definition:3: RX: wire 8 is outside 0..7 (n = 8, l = 0)")]
    [InlineData("[quantum]\nenabled = false\nansatz_definition = \"ansatz a\\nlayer\\nRX n\\nend\"", "my.toml: quantum.ansatz_definition:3: RX: wire 8")]
    [InlineData(
        "[quantum]\nansatz_definition = \"ansatz a\\nwires n == 3\\nlayer\\nend\"",
        "my.toml: [quantum] qubits: a takes a number of wires n with n == 3, not 8")]
    [InlineData("[quantum]\nansatz_definition = \"ansatz a\\nlayer\\nX 0\\nend\"", "my.toml: quantum.ansatz = \"a\" has no weights on 8 qubits")]
    [InlineData(
        "[quantum]\nansatz = \"sel\"\nansatz_definition = \"ansatz a\\nlayer\\nend\"",
        "my.toml: quantum.ansatz = \"sel\" is not what quantum.ansatz_definition declares; allowed: a")]
    [InlineData(
        "[quantum]\nansatz_definition = \"ansatz sel\\nlayer\\nend\"",
        "my.toml: quantum.ansatz_definition:1: the name 'sel' belongs to an ansatz that comes with the library")]
    [InlineData("[quantum]\nansatz_definition = \"ansatz a\\nstatus exhibit\\nlayer\\nend\"", "my.toml: quantum.ansatz = \"a\" is an exhibit")]
    [InlineData("[quantum]\nansatz_definition = 3", "my.toml: quantum.ansatz_definition = 3 is not allowed; allowed: a string")]
    [InlineData("[quantum]\nansatz_definitions = \"\"", "my.toml: unknown setting 'quantum.ansatz_definitions'; did you mean 'quantum.ansatz_definition'?")]
    [InlineData(
        "[quantum]\nansatz = \"rz-chain\"",
        "my.toml: quantum.ansatz = \"rz-chain\" is an exhibit, a circuit with a fault, and cannot be trained; "
            + "allowed: strongly-entangling,")]
    [InlineData("[quantum]\nqubits = 12\nansatz = \"hqconv-published\"", "my.toml: quantum.ansatz = \"hqconv-published\" is an exhibit")]
    [InlineData("[quantum]\nansatz = \"no.ansatz\"", "no.ansatz: no such file")]
    [InlineData("[quantum]\nansatz = \"\"", "my.toml: quantum.ansatz = \"\" is not allowed; allowed: strongly-entangling")]
    public void FromToml_AnsatzThatCannotBe_IsOneLine(string toml, string start)
    {
        var message = Assert.Throws<InputException>(() => RunConfigReader.FromToml(toml, "my.toml")).Message;
        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void DifferenceFrom_OtherText_IsOneShortLine()
    {
        var one = TinyRun.Config(Definition(Mine));
        var difference = one.DifferenceFrom(TinyRun.Config(Definition(Mine + "# longer\n")))!;
        Assert.StartsWith("quantum.ansatz_definition = \"# Mine", difference, StringComparison.Ordinal);
        Assert.True(difference.Length < 300 && !difference.Contains('\n'));
        Assert.StartsWith("quantum.ansatz = \"my-circuit\" here, \"ese2-recon\" there", one.DifferenceFrom(TinyRun.Config()));
    }

    [Fact]
    public void ArchitectureOf_OwnAnsatz_IsTiedToItsText()
    {
        var (one, other) = (
            AutoencoderMetadata.ArchitectureOf(TinyRun.Config(Definition(Mine))), AutoencoderMetadata.ArchitectureOf(TinyRun.Config(Definition(Mine + "#"))));
        Assert.NotEqual(one, other);
        Assert.Contains("quantum.ansatz_definition = SHA-256 ", one, StringComparison.Ordinal);
        Assert.DoesNotContain("ansatz_definition", AutoencoderMetadata.ArchitectureOf(TinyRun.Config()), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithAFile_ResumesAndExportsWhenTheFileIsGone()
    {
        var path = Write("mine.ansatz", Mine);
        var config = TinyRun.Config($"quantum.ansatz={path}");
        var folder = runs.Train(config, stage: Fovea.Training.TrainingStage.Autoencoder);
        File.Delete(path);
        runs.Train(RunConfigReader.FromFile(Path.Combine(folder, "config.toml")), folder, resume: true);
        var circuit = LayerExport.Write(new LayerExportRequest { Run = folder, Layer = "denoiser.middle.block.conv2", Format = CircuitFormat.Json });
        var written = CircuitJsonReader.Read(circuit).Circuit;
        Assert.Equal(config.Quantum.Circuit.BuildCircuit().ToString(), written.ToString());
    }

    private static string Definition(string text) => $"quantum.ansatz_definition={SettingsText.Value(text)}";

    private string Write(string name, string text)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
