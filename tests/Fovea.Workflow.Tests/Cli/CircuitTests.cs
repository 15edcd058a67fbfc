using Fovea.Tests.Torch;

namespace Fovea.Tests.Cli;

public sealed class CircuitTests
{
    [Fact]
    public void Plan_SixteenWires_ExplainsItsChoice()
    {
        var result = FoveaCommand.Run("circuit", "plan", "--qubits", "16");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("chosen: trigonometric", result.Output, StringComparison.Ordinal);
        Assert.Contains("65,536 amplitudes", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_TwoWires_PrintsTheGateList()
    {
        var result = FoveaCommand.Run("circuit", "show", "--qubits", "2", "--layers", "1", "--ansatz", "basic-entangler");
        Assert.Equal("wires 2, inputs 2, weights 2, outputs Z0 Z1\nRY(x0) 0\nRY(x1) 1\nRX(w0) 0\nRX(w1) 1\nCNOT 0 1\n", result.Output);
    }

    [Fact]
    public void Show_OwnAnsatzFile_PrintsItsGates()
    {
        using var folder = new Torch.TemporaryFolder();
        var path = folder.File("mine.ansatz");
        File.WriteAllText(path, "ansatz mine\nwires n > 1\nlayer\nRX($a) 0\nCRZ 0, l+1\nend\n");
        var result = FoveaCommand.Run("circuit", "show", "--qubits", "2", "--layers", "1", "--ansatz", path);
        Assert.Equal("wires 2, inputs 2, weights 2, outputs Z0 Z1\nRY(x0) 0\nRY(x1) 1\nRX(w0) 0\nCRZ(w1) 0 1\n", result.Output);
        FoveaCommand.Run("circuit", "show", "--qubits", "2", "--layers", "2", "--ansatz", path)
            .AssertBadInput($"{path}:5: CRZ: wire 2 is outside 0..1 (n = 2, l = 1)");
        FoveaCommand.Run("circuit", "plan", "--qubits", "1", "--ansatz", path).AssertBadInput("qubits: mine takes a number of wires n with n > 1, not 1");
        FoveaCommand.Run("bench", "engine", "--qubits", "1", "--ansatz", path).AssertBadInput("qubits: mine takes a number of wires n with n > 1, not 1");
    }

    [Fact]
    public void Show_Exhibit_PrintsItsGates() => Assert.Equal(
        "wires 2, inputs 2, weights 2, outputs Z0 Z1\nRY(x0) 0\nRY(x1) 1\nRZ(w0) 0\nRZ(w1) 1\nCNOT 0 1\n",
        FoveaCommand.Run("circuit", "show", "--qubits", "2", "--layers", "1", "--ansatz", "rz-chain").Output);

    [Fact]
    public void Bench_Engine_WritesATable()
    {
        var result = FoveaCommand.Run("bench", "engine", "--qubits", "3", "--ansatz", "ese2-recon", "--batch", "64", "--seconds", "1");
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("# one thread of this machine: sgemm ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("ansatz,qubits,", lines[1], StringComparison.Ordinal);
        Assert.Equal(["state-vector", "trigonometric", "unitary"], lines.Skip(2).Select(line => line.Split(',')[6]));
        Assert.All(lines.Skip(2), line => Assert.True(double.Parse(line.Split(',')[8], System.Globalization.CultureInfo.InvariantCulture) > 0));
    }

    // A training that ends where it has converged is measured by its steps like any other.
    [Fact]
    public void Bench_Training_WritesATableAndReplacesNothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("training.csv");
        string[] line =
        [
            "bench", "training", "--config", "demo", "--threads", "1", "--precision", "float32", "--seconds", "1", "--csv", path,
            "--set", "denoiser.training.convergence=0.01", "--set", "denoiser.training.patience=5", "--set", "denoiser.training.batch=4",
            "--set", "autoencoder.training.batch=4",
        ];
        FoveaCommand.Run(line).AssertSuccess();
        Assert.Equal(3, File.ReadAllLines(path).Length);
        FoveaCommand.Run(line).AssertBadInput(path, "--force");
    }

    [Theory]
    [InlineData("circuit plan --ansatz se", "ansatz 'se'", "did you mean 'sel'?")]
    [InlineData("circuit show --ansatz no.ansatz", "no.ansatz: no such file")]
    [InlineData("circuit plan --qubits 65", "qubits: 65 is not allowed; allowed: 1 to 64")]
    [InlineData("circuit plan --qubits 40 --ansatz sel", "no engine can run this circuit", "40 wires are more than 20", "GiB")]
    [InlineData("circuit plan --qubits 30 --encoding amplitude", "qubits", "16")]
    [InlineData("circuit plan --engine unitari", "--engine unitari", "did you mean 'unitary'?")]
    [InlineData("circuit plan --batch 0", "--batch 0", "1 and above")]
    [InlineData("bench engine --precision half", "--precision half", "single, double")]
    [InlineData("bench engine --threads 0", "--threads 0", "1 and above")]
    [InlineData("bench engine --qubits 0", "qubits: 0 is not allowed; allowed: 1 to 64")]
    public void Run_BadInput_IsOneLine(string line, params string[] words) => FoveaCommand.Run(line.Split(' ')).AssertBadInput(words);
}
