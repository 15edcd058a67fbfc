using System.Xml.Linq;
using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting.Pages;
using Fovea.Studio.Folders;
using Fovea.Studio.Work;
using Fovea.Training.Configuration;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>Circuits: those of runs, drawn with what their training did to them, and an ansatz that is being written.</summary>
/// <param name="root">The studio's folder.</param>
internal sealed class CircuitsPage(StudioRoot root)
{
    private const string First = "ese2-recon";

    /// <summary>The page without a run.</summary>
    /// <param name="given">What stands in the form, by the fields' names.</param>
    /// <param name="findings">What was found of the ansatz; null for nothing yet.</param>
    /// <param name="problem">Why there is nothing; null where there is.</param>
    internal string Text(IReadOnlyDictionary<string, string> given, AnsatzFindings? findings = null, FieldProblem? problem = null) => new StudioPage("Circuits")
    {
        // Who asks as one types takes the findings alone: the folder is not looked through each time.
        Main = [given.ContainsKey("part") ? null : Runs(), AnsatzSection.Draw(given, findings, problem)],
    }.ToString();

    /// <summary>The page of a run.</summary>
    /// <param name="name">The run, as requests name it.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="view">Its circuits; null for none.</param>
    internal string Text(string name, string path, RunCircuitView? view)
    {
        var isShipped = name.StartsWith(PretrainedModels.Prefix, StringComparison.Ordinal);
        var spec = view is null ? null : SpecOf(path);
        return new StudioPage(name.Length == 0 ? "Circuits of this run" : $"Circuits of {name}")
        {
            Header =
            [
                Classed("div", "actions", isShipped ? null : StudioPage.Link(StudioPage.About("run", name), "The run"),
                    StudioPage.Link("/circuits", "Other circuits")),
            ],
            Main =
            [
                .. view is null
                    ? [Element("p", "No layer of this run has a circuit in it: it is classical, or has controls in their places.")]
                    : new LayerSection(name, isShipped ? name : root.ShownPath(name), view).Sections(),
                AnsatzSection.Draw(spec is not null && AnsatzTexts.Find(spec) is { } ansatz ? AnsatzSection.Filled(ansatz, spec) : Begun(null), null, null),
            ],
        }.ToString();
    }

    /// <summary>How the form is filled at first.</summary>
    /// <param name="from">The name of an ansatz that comes with the program; null for the default one.</param>
    /// <exception cref="InputException">There is none of that name.</exception>
    internal static Dictionary<string, string> Begun(string? from) => AnsatzSection.Filled(
        AnsatzRegistry.Find(from ?? First) ?? throw new InputException(
            $"from: no ansatz that comes with the program is called so; allowed: {string.Join(", ", AnsatzRegistry.Names)}"));

    /// <summary>Whether a run has circuits, by its configuration.</summary>
    internal static bool HasCircuits(string path) => SpecOf(path) is not null;

    private static QuantumLayerSpec? SpecOf(string path)
    {
        try
        {
            var config = RunConfigReader.FromFile(Path.Combine(PretrainedModels.FolderOf(path), RunFiles.Config));
            return RunCircuits.Has(config) ? RunCircuits.SpecOf(config) : null;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private XElement Runs()
    {
        var own = FolderScan.Find(root).Where(item => item.Kind is ItemKind.Run or ItemKind.Model)
            .Where(item => root.Resolve(item.Name) is { } path && HasCircuits(path)).Select(item => item.Name);
        string[] names = [.. own, .. PretrainedModels.Names.Select(model => PretrainedModels.Prefix + model).Where(HasCircuits)];
        return PageParts.Section(
            "runs", "Circuits of runs",
            names.Length == 0
                ? Element("p", "No run in the folder has a quantum layer.")
                : Element("ul", names.Select(name =>
                    Element("li", StudioPage.Link(StudioPage.About("circuits", name), name.Length == 0 ? "this run" : name)))));
    }
}
