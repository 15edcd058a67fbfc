using System.Text.RegularExpressions;
using CsCheck;
using Fovea.Laboratory.Drawing;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Laboratory.Drawing;

public partial class UnicodeDrawingPropertyTests
{
    private static readonly Gen<(CircuitDiagram Diagram, int Width)> Cases = Gen.Select(RandomDiagram.Generator, Gen.Int[1, 200]);

    [Fact]
    public void Draw_RandomCircuits_ShowsTheGatesOfEachWireInOrder() => Cases.Sample(
        (diagram, width) =>
        {
            var rows = Rows(UnicodeDrawing.Draw(diagram, width));
            for (var wire = 0; wire < diagram.Circuit.WireCount; wire++)
            {
                var drawn = string.Concat(rows.Select(row => row[wire]));
                Assert.Equal(Expected(diagram, wire), Sign().Matches(drawn).Select(match => match.Value));
            }
        },
        iter: 300);

    [Fact]
    public void Draw_RandomCircuits_LinesOfARowAreEquallyWide() => Cases.Sample(
        (diagram, width) =>
        {
            foreach (var row in Rows(UnicodeDrawing.Draw(diagram, width)))
                Assert.Single(row.Select(line => line.Length).Distinct());
        },
        iter: 300);

    [Fact]
    public void Draw_RandomCircuits_KeepsTheWidthAndHasNoTrailingSpaces() => Cases.Sample(
        (diagram, width) =>
        {
            var widest = Math.Max(width, TextRow.Margin(diagram.Circuit.WireCount) + TextColumn.All(diagram).Select(TextRow.Width).Append(0).Max());
            foreach (var line in UnicodeDrawing.Draw(diagram, width).Split('\n'))
            {
                Assert.Equal(line.TrimEnd(), line);
                Assert.True(line.Length <= widest, line);
            }
        },
        iter: 300);

    [Fact]
    public void Draw_RandomCircuits_JoinsEveryOperation() => Cases.Sample(
        (diagram, width) =>
        {
            var drawing = UnicodeDrawing.Draw(diagram, width);
            var joined = diagram.Circuit.Operations.Count(operation => operation.Wires.Length > 1)
                + (diagram.Circuit.Preparation == StatePreparation.Amplitudes && diagram.Circuit.WireCount > 1 ? 1 : 0);
            Assert.Equal((joined, joined), (drawing.Count(c => c == '╭'), drawing.Count(c => c == '╰')));
        },
        iter: 300);

    /// <summary>[row][wire]: the lines without the names of sections.</summary>
    private static string[][] Rows(string drawing) =>
    [
        .. drawing.Split("\n\n")
            .Select(block => block.Split('\n').Where(line => WireLine().IsMatch(line)).ToArray())
            .Where(lines => lines.Length > 0),
    ];

    private static IEnumerable<string> Expected(CircuitDiagram diagram, int wire)
    {
        foreach (var (index, operation) in diagram.Circuit.Operations.Index().Where(entry => entry.Item.Wires.Contains(wire)))
        {
            var isLast = operation.Wires[^1] == wire;
            yield return Sign(operation, isLast) + (isLast && diagram.IsDead(index) ? "†" : "");
        }
    }

    private static string Sign(Operation operation, bool isLast)
    {
        var name = operation.Kind.ToString();
        var angle = operation.Angle is { } taken ? $"({string.Concat(AngleLabel.Of(taken, 'w').Select(run => run.Text))})" : "";
        return name switch
        {
            "SWAP" => "×",
            "CZ" => "●",
            "CNOT" or "Toffoli" => isLast ? "⊕" : "●",
            "ControlledPhase" => isLast ? "Phase" + angle : "●",
            ['C', .. var target] => isLast ? target + angle : "●",
            _ => name + angle,
        };
    }

    [GeneratedRegex(@"(?<![\w⟨|(·])[A-Z][A-Za-z]*(\([^)]*\))?†?|[●⊕×]†?")]
    private static partial Regex Sign();

    [GeneratedRegex(@"^ *\d+: [─⋯]")]
    private static partial Regex WireLine();
}
