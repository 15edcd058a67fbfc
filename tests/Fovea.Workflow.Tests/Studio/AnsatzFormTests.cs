using System.Net;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Studio;

/// <summary>An ansatz that is written in the studio.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class AnsatzFormTests
{
    private const string Text = "ansatz mine\nlayer\n    for i = 0 .. n-1\n        RY i\n        RZ i\n    end\n    CNOT 0, 1\nend\n";

    [Fact]
    public async Task Analyse_AText_IsDrawnCountedAndSampled()
    {
        await using var visit = await StudioVisit.Begin();
        var (status, text) = await Ask(visit, Text.ReplaceLineEndings("\r\n"), ("qubits", "3"), ("layers", "2"));
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (var words in new[]
        {
            "quantum circuit of 3 wires and 17 gates", "17: 15 on one qubit, 2 on more", "12, of which 9 do something", "3 parameters of 12 do nothing",
            "can see 1 to 2 of 3 wires", "2 blocks that no gate joins: 0, 1 | 2", "Meyer–Wallach", "expressibility, nats (0 is best)",
            "fovea ansatz analyze mine.ansatz --qubits 3 --layers 2",
        })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ansatz mine\nlayer\n    RY j\nend", "ansatz:3: unknown variable &#39;j&#39;|ansatz:3: unknown variable 'j'", "3 │     RY j")]
    [InlineData("ansatz mine\nlayer\n    CNOT 0, 9\nend", "ansatz:3: CNOT: wire 9 is outside 0..3", "3 │     CNOT 0, 9")]
    [InlineData("", "ansatz:1: the file is empty", "1 │")]
    [InlineData("ansatz mine\nwires n % 3 == 0\nlayer\n    RY 0\nend", "qubits: mine takes a multiple of 3, not 4", "id=\"wrong-qubits\"")]
    [InlineData("ansatz mine\nlayer\n    for i = 0 .. 600\n        RY 0\n    end\nend", "more than 1,000 gates", "fovea ansatz analyze")]
    [InlineData("ansatz mine\nlayer\n    unused 5000\n    RY 0\nend", "more than 1,000 gates or weights", "")]
    [InlineData("ansatz mine\nlayer\n    for i = 0 .. 199999\n    RY 0\n    end\nend", "ansatz:4: the layer has more than 20,000 gates", "4 │     RY 0")]
    public async Task Analyse_ABadText_IsToldAtItsLine(string ansatz, string words, string place)
    {
        await using var visit = await StudioVisit.Begin();
        var (status, text) = await Ask(visit, ansatz);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words.Split('|'), one => text.Contains(one, StringComparison.Ordinal));
        Assert.Contains(place, text, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qubits", "13")]
    [InlineData("qubits", "1")]
    [InlineData("layers", "0")]
    [InlineData("layers", "13")]
    [InlineData("encoding", "amplitude")]
    public async Task Analyse_BeyondALimit_IsToldAtItsField(string field, string value)
    {
        await using var visit = await StudioVisit.Begin();
        var (status, text) = await Ask(visit, Text, (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"id=\"wrong-{field}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyse_ALongText_IsRefusedByTheLanguage()
    {
        await using var visit = await StudioVisit.Begin();
        var (status, text) = await Ask(visit, Text + string.Concat(Enumerable.Repeat("# nothing\n", 7000)));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("allowed: up to 64 KiB", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyse_MarkupAndControlCharacters_StayText()
    {
        await using var visit = await StudioVisit.Begin();
        const string Bad = "ansatz mine\nabout </textarea><script>alert(1)</script>\u0001\nlayer\n    <script> 0\nend";
        var (_, text) = await Ask(visit, Bad);
        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_EveryAnsatzThatComesWithTheProgram_IsTakenAsItIsOffered()
    {
        await using var visit = await StudioVisit.Begin();
        foreach (var name in AnsatzRegistry.Names)
        {
            var (status, text) = await visit.Get($"/circuits?from={name}");
            Assert.Equal(HttpStatusCode.OK, status);
            var page = System.Xml.Linq.XDocument.Parse(text);
            var area = page.Descendants("textarea").Single().Value.TrimStart('\n');
            Assert.StartsWith($"ansatz my-{name}\n", area, StringComparison.Ordinal);
            string Of(string field) => page.Descendants("input").Single(input => input.Attribute("name")?.Value == field).Attribute("value")!.Value;
            Assert.Equal(HttpStatusCode.OK, (await Ask(visit, area, ("qubits", Of("qubits")), ("layers", Of("layers")))).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await visit.Get("/circuits?from=none")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> Ask(StudioVisit visit, string ansatz, params (string Name, string Value)[] fields)
    {
        using var answer = await visit.Post("/circuits/ansatz", [("text", ansatz), .. fields]);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
