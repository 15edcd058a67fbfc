using System.Text.Json;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Cli;

/// <summary>Results for programs: one document on standard output, and nothing else there.</summary>
public sealed class JsonTests : IDisposable
{
    private const string Bell = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CircuitRun_Shots_CountsEveryBitString()
    {
        File.WriteAllText(_folder.File("bell.qasm"), Bell);
        var result = FoveaCommand.Run("circuit", "run", _folder.File("bell.qasm"), "--shots", "1000", "--noise", "heavy-hex", "--json");
        var run = Parse(result);
        Assert.Equal("", result.Error);
        Assert.Equal((2, 2), (run.GetProperty("qubits").GetInt32(), run.GetProperty("gates").GetInt32()));
        Assert.Contains("heavy-hex", Assert.Single(run.GetProperty("compiled").EnumerateArray()).GetString(), StringComparison.Ordinal);
        var counts = run.GetProperty("shots").GetProperty("counts").EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt32());
        Assert.Equal(1000, counts.Values.Sum());
        Assert.True(counts["00"] + counts["11"] > 800);
        // ⟨Z0⟩ of the counts themselves.
        var first = run.GetProperty("values")[0];
        Assert.Equal("Z0", first.GetProperty("observable").GetString());
        Assert.Equal(counts.Sum(count => count.Key[0] == '0' ? count.Value : -count.Value) / 1000.0, first.GetProperty("value").GetDouble(), 1e-12);
    }

    [Fact]
    public void CircuitRun_Exact_HasInputsByNameAndNoErrors()
    {
        File.WriteAllText(_folder.File("one.qasm"), "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] a;\nqubit[1] q;\nry(a) q[0];\n");
        var run = Parse(FoveaCommand.Run("circuit", "run", _folder.File("one.qasm"), "--inputs", "0.5", "--json"));
        var input = Assert.Single(run.GetProperty("inputs").EnumerateArray());
        Assert.Equal(("a", 0.5), (input.GetProperty("name").GetString(), input.GetProperty("value").GetDouble()));
        Assert.Equal(Math.Cos(0.5), run.GetProperty("values")[0].GetProperty("value").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("values")[0].GetProperty("standard_error").ValueKind);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("shots").ValueKind);
    }

    [Fact]
    public void Grade_AFolder_HasEachFileAndTheCounts()
    {
        for (var k = 0; k < 2; k++) PngFile.Write(_folder.File($"{k}.png"), PhantomRenderer.Render(PhantomParameters.Sample(1, k), 64), 64, 64);
        File.WriteAllText(_folder.File("broken.png"), "no picture");
        var result = FoveaCommand.Run("grade", _folder.Path, "--threads", "1", "--json");
        var graded = Parse(result);
        Assert.Equal((2, 1), (graded.GetProperty("graded").GetInt32(), graded.GetProperty("skipped").GetInt32()));
        var images = graded.GetProperty("images").EnumerateArray().ToArray();
        Assert.Equal(3, images.Length);
        Assert.Equal(JsonValueKind.Null, images[2].GetProperty("grade").ValueKind);
        Assert.NotEqual("", images[2].GetProperty("skipped").GetString());
        foreach (var image in images[..2])
        {
            Assert.Contains(image.GetProperty("grade").GetString(), (string[])["good", "usable", "reject"]);
            Assert.Equal(1, new[] { "good", "usable", "reject" }.Sum(name => image.GetProperty(name).GetDouble()), 1e-5);
            Assert.Equal("grader-64", image.GetProperty("grader").GetString());
        }

        Assert.Equal(graded.GetProperty("gradable").GetInt32(), images.Count(image => image.GetProperty("gradable") is { ValueKind: JsonValueKind.True }));
        Assert.Equal(graded.GetProperty("gradable").GetInt32() / 2.0, graded.GetProperty("share").GetProperty("value").GetDouble());
        // What the table says at its end stays on standard error.
        Assert.Contains("2 graded", result.Error, StringComparison.Ordinal);
    }

    /// <summary>What is wrong is told as ever: one line on standard error, and no beginning of a document.</summary>
    [Theory]
    [InlineData("grade no-such-folder --json", "no-such-folder: no such file or folder")]
    [InlineData("circuit run no.qasm --json", "no.qasm")]
    [InlineData("evaluate --real x --generated y --out z --json", "x: no such folder")]
    [InlineData("study report no-such-study --json", "no-such-study")]
    [InlineData("study report no-such-study --json --markdown", "--markdown and --json do not go together")]
    [InlineData("doctor --json --threads -1", "--threads -1 is not allowed")]
    public void Json_BadInput_IsOneLine(string line, params string[] words)
    {
        var result = FoveaCommand.Run(
            [
                .. line.Split(' '),
                .. line.StartsWith("grade", StringComparison.Ordinal) || line.StartsWith("eval", StringComparison.Ordinal)
                    ? new[] { "--threads", "1" }
                    : [],
            ]);
        result.AssertBadInput(words);
        Assert.Equal("", result.Output);
    }

    private static JsonElement Parse(FoveaResult result)
    {
        result.AssertSuccess();
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}
