using CsCheck;
using Fovea.Laboratory.Drawing;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Laboratory.Drawing;

public class CircuitDiagramTests
{
    private static readonly Circuit TwoGates = new CircuitBuilder(2).H(0).CNOT(0, 1).Build();

    [Fact]
    public void Columns_RandomCircuits_HoldEveryOperationOnce() => RandomDiagram.Generator.Sample(
        diagram => Assert.Equal(
            Enumerable.Range(0, diagram.Circuit.Operations.Length),
            diagram.Columns.SelectMany(column => column.Operations).Order()),
        iter: 300);

    [Fact]
    public void Columns_RandomCircuits_DoNotOverlap() => RandomDiagram.Generator.Sample(
        diagram =>
        {
            foreach (var column in diagram.Columns)
                Assert.Equal(column.Operations.Sum(index => Covered(diagram, index).Count()), Wires(diagram, column).Distinct().Count());
        },
        iter: 300);

    [Fact]
    public void Columns_RandomCircuits_KeepTheOrderOnEachWire() => RandomDiagram.Generator.Sample(
        diagram =>
        {
            for (var wire = 0; wire < diagram.Circuit.WireCount; wire++)
            {
                var drawn = diagram.Columns.SelectMany(column => column.Operations).Where(index => Covered(diagram, index).Contains(wire));
                Assert.Equal(drawn.Order(), drawn);
            }
        },
        iter: 300);

    [Fact]
    public void Columns_RandomCircuits_AreAsEarlyAsTheirSectionAllows() => RandomDiagram.Generator.Sample(
        diagram =>
        {
            foreach (var (number, column) in diagram.Columns.Index().Skip(1).Where(entry => entry.Item.Section is null))
            {
                var before = Wires(diagram, diagram.Columns[number - 1]).ToHashSet();
                Assert.All(column.Operations, index => Assert.Contains(Covered(diagram, index), before.Contains));
            }
        },
        iter: 300);

    [Fact]
    public void Columns_RandomCircuits_BeginASectionAfterAllBefore() => RandomDiagram.Generator.Sample(
        diagram =>
        {
            Assert.Equal(diagram.Sections, diagram.Columns.Select(column => column.Section).OfType<CircuitSection>());
            foreach (var (number, column) in diagram.Columns.Index().Where(entry => entry.Item.Section is not null))
            {
                Assert.All(diagram.Columns.Take(number).SelectMany(c => c.Operations), index => Assert.True(index < column.Section!.Start));
                Assert.Contains(column.Section!.Start, column.Operations);
            }
        },
        iter: 300);

    [Fact]
    public void Build_Subject_NamesEncodingAndLayers()
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get("basic-entangler"), 3, 2, InputEncoding.Z, Reupload: true);
        Assert.Equal(
            ["0 encoding", "6 layer 1", "12 encoding", "18 layer 2"],
            CircuitDiagram.Build(subject).Sections.Select(section => $"{section.Start} {section.Label}"));
        Assert.Equal(
            ["0 layer 1", "6 layer 2"],
            CircuitDiagram.Build(subject, encode: false).Sections.Select(section => $"{section.Start} {section.Label}"));
    }

    [Fact]
    public void Build_DeadParameters_MarksTheGatesThatTakeThem()
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get("basic-entangler"), 3, 2);
        var diagram = CircuitDiagram.Build(subject, [new DeadParameter(1, "", ""), new DeadParameter(5, "", "")]);
        var marked = Enumerable.Range(0, diagram.Circuit.Operations.Length).Where(diagram.IsDead);
        Assert.Equal(["RX(w1) 1", "RX(w5) 2"], marked.Select(index => diagram.Circuit.Operations[index].ToString()));
    }

    [Fact]
    public void Constructor_SectionsOrMarksThatFitNoOperation_Throws()
    {
        Assert.Throws<ArgumentException>("sections", () => new CircuitDiagram(TwoGates, [new(1, "b"), new(0, "a")]));
        Assert.Throws<ArgumentException>("sections", () => new CircuitDiagram(TwoGates, [new(1, "a"), new(1, "b")]));
        Assert.Throws<ArgumentException>("sections", () => new CircuitDiagram(TwoGates, [new(2, "a")]));
        Assert.Throws<ArgumentException>("dead", () => new CircuitDiagram(TwoGates, dead: [2]));
        Assert.Throws<ArgumentException>("dead", () => new CircuitDiagram(TwoGates, dead: [-1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("\uFFFF")]
    public void Section_LabelThatNoLineCanHold_Throws(string label) =>
        Assert.Throws<ArgumentException>(nameof(label), () => new CircuitSection(0, label));

    private static IEnumerable<int> Wires(CircuitDiagram diagram, DiagramColumn column) =>
        column.Operations.SelectMany(index => Covered(diagram, index));

    private static IEnumerable<int> Covered(CircuitDiagram diagram, int operation)
    {
        var wires = diagram.Circuit.Operations[operation].Wires;
        return Enumerable.Range(wires.Min(), wires.Max() - wires.Min() + 1);
    }
}
