using System.Text.Json;

namespace Fovea.Tests.Cli;

public sealed class AnsatzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-ansatz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void List_NamesReconstructionsAndExhibits()
    {
        var result = FoveaCommand.Run("ansatz", "list");
        Assert.Equal(0, result.ExitCode);
        foreach (var name in new[] { "strongly-entangling", "ese2-recon", "fqconv-port", "hqconv-published", "rz-chain" })
            Assert.Contains(name, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_UsersFile_DrawsItAndMarksDeadGates()
    {
        var file = Path.Combine(_folder, "mine.ansatz");
        var picture = Path.Combine(_folder, "mine.svg");
        File.WriteAllText(file, "ansatz mine\nlayer\n    for i = 0 .. n-1\n        RY i\n        RZ i\n    end\n    CZ 0, 1\nend\n");
        var result = FoveaCommand.Run("ansatz", "draw", file, "--qubits", "2", "--out", picture);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("RZ(w1)†", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("<svg", File.ReadAllText(picture), StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_Exhibit_SaysThatItIsDead()
    {
        var result = FoveaCommand.Run(
            "ansatz", "analyze", "rz-chain", "--qubits", "4", "--layers", "2", "--profiles", "none", "--out", Path.Combine(_folder, "out"));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("commutes with", result.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "analysis.json")));
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public void Compare_SmallSizes_WritesThePage()
    {
        var output = Path.Combine(_folder, "page");
        var result = FoveaCommand.Run(
            "ansatz", "compare", "sel", "ese2-recon", "--qubits", "2..4", "--layers", "1,2", "--profiles", "trapped-ion", "--error", "0.3", "--out", output);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("12 circuits in ", result.Output, StringComparison.Ordinal);
        foreach (var file in new[] { "index.html", "comparison.csv", "comparison.json", "gradients.csv", "decay.csv" })
            Assert.True(File.Exists(Path.Combine(output, file)), file);
        Assert.Equal(13, File.ReadAllLines(Path.Combine(output, "comparison.csv")).Length);
        Assert.NotEmpty(Directory.GetFiles(output, "*.png"));
        FoveaCommand.Run("ansatz", "compare", "--out", output).AssertBadInput("is not empty");
    }

    [Theory]
    [InlineData("ansatz", "allowed: list, draw, analyze, compare")]
    [InlineData("ansatz analyze", "NAME|FILE is missing")]
    [InlineData("ansatz analyze ese2-recom", "'ese2-recom'", "did you mean 'ese2-recon'?")]
    [InlineData("ansatz analyze nothere.ansatz", "nothere.ansatz")]
    [InlineData("ansatz analyze sel --qubits 1", "--qubits 1", "2 to 14")]
    [InlineData("ansatz analyze sel --qubits 15", "--qubits 15", "2 to 14")]
    [InlineData("ansatz analyze sel --layers 0", "--layers 0", "1 to 50")]
    [InlineData("ansatz analyze hqconv --qubits 6", "hqconv takes a multiple of 4")]
    [InlineData("ansatz analyze sel --encoding amplitude", "--encoding amplitude")]
    [InlineData("ansatz analyze sel --profiles heavy-hx", "did you mean 'heavy-hex'?")]
    [InlineData("ansatz analyze sel --profiles heavy-hex,heavy-hex", "--profiles: two kinds of noise are called heavy-hex")]
    [InlineData("ansatz analyze sel --error 0", "--error 0", "0.01 to 0.5")]
    [InlineData("ansatz draw sel --qubits many", "--qubits many")]
    [InlineData("ansatz compare", "--out is missing")]
    [InlineData("ansatz compare --out y --qubits 12..2", "--qubits 12..2 runs backwards", "2..12")]
    [InlineData("ansatz compare --out y --qubits 1..4", "--qubits 1 ", "2 to 14")]
    [InlineData("ansatz compare --out y --layers 0..4", "--layers 0 ", "1 to 50")]
    [InlineData("ansatz compare --out y --qubits a", "--qubits a")]
    [InlineData("ansatz compare --out y --qubits 2..3..4", "--qubits 2..3..4")]
    [InlineData("ansatz compare sel strongly-entangling --out y", "strongly-entangling is named twice")]
    [InlineData("ansatz compare fqconv --qubits 4,5 --out y", "fqconv takes a multiple of 3")]
    public void Run_BadInput_IsOneLine(string line, params string[] words)
    {
        FoveaCommand.Run(line.Split(' ')).AssertBadInput(words);
        Assert.False(Path.Exists("y"));
    }

    [Theory]
    [InlineData("ansatz a\nlayer\n    RQ 0\nend\n", ":3: ", "RQ")]
    [InlineData("ansatz a\nblock b()\n    c()\nend\nblock c()\n    b()\nend\nlayer\n    b()\nend\n", "a.ansatz:", "b", "c")]
    [InlineData("ansatz a\nlayer\n    RX n\nend\n", ":3: ", "wire")]
    [InlineData("ansatz a\nlayer\n    CNOT 0, 1\nend\n", "no parameters")]
    [InlineData("", "a.ansatz")]
    public void Analyze_BadFile_IsOneLineWithItsNumber(string text, params string[] words)
    {
        var file = Path.Combine(_folder, "a.ansatz");
        File.WriteAllText(file, text);
        FoveaCommand.Run("ansatz", "analyze", file, "--qubits", "3").AssertBadInput(words);
    }
}
