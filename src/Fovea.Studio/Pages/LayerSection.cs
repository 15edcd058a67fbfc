using System.Globalization;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using Fovea.Studio.Work;
using Fovea.Training.Reports;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>The quantum layers of a run, and one of them in full.</summary>
/// <param name="name">The run, as requests name it.</param>
/// <param name="shown">The run, as command lines name it.</param>
/// <param name="view">What was read of it.</param>
internal sealed class LayerSection(string name, string shown, RunCircuitView view)
{
    private const int MostOutputs = 24;

    /// <summary>The sections.</summary>
    internal IEnumerable<object?> Sections()
    {
        yield return PageParts.Section(
            "layers", "Quantum layers", Layers(),
            PageParts.Note("Moved by: the root mean square of the angles' ways from where the training began. Share of the loss: what the held-out loss "
                + "rises by when the layer gets those angles back, by the run's log."),
            Choice());
        if (view.Inspection is not { } inspection)
        {
            var circuit = view.Layer.Circuit;
            yield return PageParts.Section(
                "circuit", view.Layer.Name, Element("p", $"{circuit.WireCount} qubits and {circuit.Operations.Length:N0} gates are too many to be shown "
                    + $"here; allowed: up to {CircuitBench.MostQubits} qubits and {CircuitBench.MostGates:N0} gates. In a terminal:"), Export());
            yield break;
        }

        yield return PageParts.Section(
            "circuit", view.Layer.Name, CircuitParts.Drawing(inspection, view.Sections), CircuitParts.Counts(inspection), CircuitParts.ConeTable(inspection),
            Element("p", "The circuit with its trained weights, for other programs:"), Export());
        yield return PageParts.Section("dead", "Parameters that do nothing", CircuitParts.Dead(inspection));
        yield return PageParts.Section("angles", "Angles at the start and now", Angles(inspection));
        if (view.Noise.Count > 0) yield return PageParts.Section("noise", "Under the noise of devices", Noise(inspection.Circuit));
    }

    private XElement Layers() => PlainTable.Draw(
        "Layers whose middle is a circuit", ["layer", "circuits a position", "qubits", "gates", "weights", "moved by", "share of the loss"],
        view.All.Select(layer => (IReadOnlyList<object?>)
        [
            StudioPage.Link(Address(layer.Name), layer.Name == view.Layer.Name ? Attribute("aria-current", "true") : null, layer.Name),
            $"{layer.Groups}{(layer.Groups == 1 ? "" : layer.IsShared ? ", one set of weights" : ", each its own weights")}",
            layer.Circuit.WireCount, layer.Circuit.Operations.Length, layer.Circuit.WeightCount,
            layer.IsTrained ? Radians(layer.Displacement) : "frozen", layer.Share is { } share ? Figures.Number(share) : Figures.None,
        ]));

    // Where groups have weights of their own, one of them is looked at.
    private XElement? Choice() => view.Layer.IsShared || view.Layer.Groups == 1 ? null : Classed(
        "form", "actions", Attribute("method", "get"), Attribute("action", "/circuits#circuit"),
        Element("input", Attribute("type", "hidden"), Attribute("name", "path"), Attribute("value", name)),
        Element("input", Attribute("type", "hidden"), Attribute("name", "layer"), Attribute("value", view.Layer.Name)),
        Element("label", "Group ", Element(
            "select", Attribute("name", "group"), Enumerable.Range(0, view.Layer.Groups).Select(group => Element(
                "option", Attribute("value", $"{group}"), group == view.Group ? Attribute("selected", "selected") : null, $"{group}")))),
        Element("button", Attribute("type", "submit"), "Show"));

    private XElement Export()
    {
        List<string> words = ["circuit", "export", shown, "--layer", view.Layer.Name, "--format", "openqasm3"];
        if (!view.Layer.IsShared) words.AddRange(["--group", view.Group.ToString(CultureInfo.InvariantCulture)]);
        return StudioPage.Line(CommandLine.Text(words));
    }

    private object?[] Angles(CircuitInspection inspection)
    {
        if (inspection.Circuit.WeightCount == 0) return [Element("p", "The circuit has no weights.")];
        if (view.Now is null && view.Start is null) return [Element("p", "There are no weights yet, and where they begin is not known here.")];
        var dead = inspection.DeadParameters.ToDictionary(parameter => parameter.Index);
        var picture = view is { Start: { } start, Now: { } now }
            ? Classed("div", "scroll drawing", Attribute("tabindex", "0"), Attribute("role", "region"), Attribute("aria-label", "Angles at the start and now"),
                AngleDrawing.Draw(inspection.Circuit, start, [.. start.Zip(now, RunCircuit.Moved)], dead.Keys.ToHashSet()))
            : null;
        return
        [
            picture,
            picture is null ? null : PageParts.Note("An open circle where the training began, a full one where the averaged weights are now, in radians; the "
                + "numbers are those of θ in the drawing. Crosses do nothing, and the loss moves none of them."),
            view.Now is null ? Element("p", "The run has no averaged weights of this network yet: they are written when its stage ends.")
                : view.Start is null ? Element("p", "Where the angles began is not known here: this network was trained in another run.") : null,
            Element("details", Element("summary", "As numbers"), Numbers(inspection.Circuit, dead)),
        ];
    }

    private XElement Numbers(Circuit circuit, Dictionary<int, DeadParameter> dead) => PlainTable.Draw(
        "Angles in radians", ["angle", "gate", "start", "now", "moved by", "does something"],
        Enumerable.Range(0, circuit.WeightCount).Select(k => (IReadOnlyList<object?>)
        [
            $"θ{k}", AngleGates.Name(circuit, k), Fixed(view.Start?[k]), Fixed(view.Now?[k]),
            view is { Start: { } start, Now: { } now } ? Fixed(RunCircuit.Moved(start[k], now[k])) : Figures.None, dead.ContainsKey(k) ? "no" : "yes",
        ]));

    private object?[] Noise(Circuit circuit) =>
    [
        PlainTable.Draw(
            "What is left of each output at these weights", ["device", "error", "entangling gates", "swaps", "depth",
                .. circuit.Observables.Take(MostOutputs).Select(observable => $"⟨{observable}⟩")],
            view.Noise.Select(noise => (IReadOnlyList<object?>)
            [
                noise.Device, noise.RelativeError is { } error ? Figures.Percent(error) : Figures.None,
                Thousands(noise.Compiled?.Entanglers), Thousands(noise.Compiled?.Swaps), Thousands(noise.Compiled?.Depth),
                .. noise.Kept.Take(MostOutputs).Select(kept => kept is { } factor ? Figures.Percent(factor) : Figures.None),
            ])),
        view.Noise.Where(noise => noise.Refusal is not null).Select(noise => Element("p", $"{noise.Device}: {noise.Refusal}")),
        PageParts.Note("Exact values of the circuit compiled to each device, over inputs uniform in [0, 2π). The error is that of all outputs together, over "
            + "their size; the share of an output is the slope of its noisy values over the ideal ones."),
    ];

    private string Address(string layer) => StudioPage.About("circuits", name, $"&layer={Uri.EscapeDataString(layer)}#circuit");

    private static string Thousands(int? count) => count is { } known ? Figures.Thousands(known) : Figures.None;

    private static string Radians(double? value) => value is { } angle ? $"{Figures.Number(angle)} rad" : Figures.None;

    private static string Fixed(double? value) => value is { } angle ? Figures.Fixed(angle, 3) : Figures.None;
}
