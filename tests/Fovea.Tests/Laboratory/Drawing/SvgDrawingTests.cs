using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Fovea.Laboratory.Drawing;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Laboratory.Drawing;

public class SvgDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Gen<(CircuitDiagram Diagram, double Width)> Cases =
        Gen.Select(RandomDiagram.Generator, Gen.Double[1, 2000]);

    [Fact]
    public void Draw_RandomCircuits_HasOneTitleForEveryOperation() => Cases.Sample(
        (diagram, width) =>
        {
            var titles = XDocument.Parse(SvgDrawing.Draw(diagram, width)).Descendants(Svg + "title").Select(title => title.Value);
            var expected = diagram.Circuit.Operations.Select((operation, index) => $"{operation}{(diagram.IsDead(index) ? " (dead)" : "")}");
            Assert.Equal(expected.Order(StringComparer.Ordinal), titles.Order(StringComparer.Ordinal));
        },
        iter: 200);

    [Fact]
    public void Draw_RandomCircuits_BoxesOfAWireStayApart() => Cases.Sample(
        (diagram, width) =>
        {
            foreach (var row in XDocument.Parse(SvgDrawing.Draw(diagram, width)).Root!.Elements(Svg + "g"))
            {
                foreach (var wire in row.Descendants(Svg + "rect").GroupBy(box => Number(box, "y")))
                {
                    var boxes = wire.OrderBy(box => Number(box, "x")).ToArray();
                    Assert.All(
                        boxes.Zip(boxes.Skip(1)),
                        pair => Assert.True(Number(pair.First, "x") + Number(pair.First, "width") < Number(pair.Second, "x")));
                }
            }
        },
        iter: 200);

    [Fact]
    public void Draw_RandomCircuits_StaysInItsView() => Cases.Sample(
        (diagram, width) =>
        {
            var root = XDocument.Parse(SvgDrawing.Draw(diagram, width)).Root!;
            var right = Number(root, "width");
            Assert.All(
                root.Elements(Svg + "g").Descendants(Svg + "rect"),
                box => Assert.InRange(Number(box, "x"), 0, right - Number(box, "width")));
            Assert.All(root.Descendants(Svg + "line"), line => Assert.InRange(Number(line, "x2"), 0, right));
        },
        iter: 200);

    [Fact]
    public void Draw_Subject_ShowsSubscriptsSectionsAndDeadGates()
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get("sel"), 12, 3);
        var root = XDocument.Parse(SvgDrawing.Draw(CircuitDiagram.Build(subject, [new DeadParameter(12, "", "")]))).Root!;
        var texts = root.Descendants(Svg + "text").ToArray();
        var dead = texts.Single(text => text.Value == "RZ θ12");
        Assert.Equal("12", dead.Element(Svg + "tspan")!.Value);
        Assert.NotNull(dead.Parent!.Element(Svg + "rect")!.Attribute("stroke-dasharray"));
        Assert.Equal("RZ(w12) 4 (dead)", dead.Parent.Element(Svg + "title")!.Value);
        Assert.Equal(
            ["encoding", "layer 1", "layer 2", "layer 3"],
            texts.Select(text => text.Value).Where(text => text.StartsWith("layer", StringComparison.Ordinal) || text == "encoding"));
        Assert.Equal(12, texts.Count(text => text.Value == "⟨Z⟩"));
        Assert.InRange(Number(root, "width"), 1, SvgDrawing.DefaultWidth);
    }

    [Fact]
    public void Draw_EmptyCircuit_HasWiresOnly()
    {
        var root = XDocument.Parse(SvgDrawing.Draw(new CircuitBuilder(2).Build())).Root!;
        Assert.Equal(2, root.Descendants(Svg + "line").Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Draw_NoWidth_Throws(double width) => Assert.Throws<ArgumentOutOfRangeException>(
        "maxWidth", () => SvgDrawing.Draw(new CircuitBuilder(2).Build(), width));

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
