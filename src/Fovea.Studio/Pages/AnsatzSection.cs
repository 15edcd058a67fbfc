using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Laboratory.Drawing;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using Fovea.Studio.Work;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>A text area for an ansatz, and below it what was found of it; the script asks again as one types.</summary>
internal static partial class AnsatzSection
{
    /// <summary>Where it is asked.</summary>
    internal const string Action = "/circuits/ansatz";

    private const int DefaultQubits = 4;
    private const int DefaultLayers = 2;
    private static readonly string[] s_encodings = [.. InputEncodings.OnePerWire.Select(InputEncodings.Name)];

    /// <summary>The form and what is below it.</summary>
    /// <param name="given">What stands in the form, by the fields' names.</param>
    /// <param name="findings">What was found; null for nothing yet.</param>
    /// <param name="problem">What is wrong; null for nothing.</param>
    internal static XElement Draw(IReadOnlyDictionary<string, string> given, AnsatzFindings? findings, FieldProblem? problem) => PageParts.Section(
        "ansatz", "An ansatz of your own",
        Element("p", "One layer of gates, repeated: what it is made of and what it can do, as you type. The language is that of ",
            Element("code", ".ansatz"), " files (docs/ansatz.md). Begin from: ", AnsatzRegistry.All.Select(
                ansatz => new object[] { StudioPage.Link($"/circuits?from={Uri.EscapeDataString(ansatz.Name)}#ansatz", ansatz.Name), " " })),
        Form(given, problem),
        Element("div", Attribute("id", "findings"), Attribute("aria-live", "polite"), Below(given, findings, problem)));

    /// <summary>What the form asks for.</summary>
    /// <exception cref="FieldException">A field breaks a rule.</exception>
    internal static AnsatzOrder Order(IReadOnlyDictionary<string, string> given)
    {
        var fields = new Fields(given);
        var encoding = fields.Text("encoding") ?? InputEncodings.Name(InputEncoding.Y);
        return new AnsatzOrder(
            given.GetValueOrDefault("text", "").ReplaceLineEndings("\n"),
            fields.Integer("qubits", SubjectRules.MinQubits, CircuitBench.MostQubits) ?? DefaultQubits,
            fields.Integer("layers", 1, CircuitBench.MostLayers) ?? DefaultLayers,
            s_encodings.Contains(encoding) ? InputEncodings.OnePerWire[Array.IndexOf(s_encodings, encoding)]
                : throw new FieldException("encoding", $"{encoding} is not allowed; allowed: {string.Join(", ", s_encodings)}"),
            given.GetValueOrDefault("reupload") == "true");
    }

    /// <summary>How the form is filled for an ansatz.</summary>
    internal static Dictionary<string, string> Filled(Ansatz ansatz, QuantumLayerSpec? spec = null)
    {
        var qubits = spec?.Qubits ?? SubjectRules.NearestQubits(ansatz, DefaultQubits, CircuitBench.MostQubits);
        return new(StringComparer.Ordinal)
        {
            ["text"] = AnsatzTexts.Renamed(ansatz),
            ["qubits"] = Math.Clamp(qubits, SubjectRules.MinQubits, CircuitBench.MostQubits).ToString(CultureInfo.InvariantCulture),
            ["layers"] = Math.Clamp(spec?.Layers ?? DefaultLayers, 1, CircuitBench.MostLayers).ToString(CultureInfo.InvariantCulture),
            ["encoding"] = InputEncodings.Name(spec?.Encoding ?? InputEncoding.Y),
            ["reupload"] = spec?.Reupload == true ? "true" : "false",
        };
    }

    /// <summary>The field that a message is about.</summary>
    internal static FieldProblem ProblemOf(string message) => message.StartsWith("qubits: ", StringComparison.Ordinal)
        ? new FieldProblem("qubits", message["qubits: ".Length..])
        : message.StartsWith(CircuitBench.Source + ":", StringComparison.Ordinal) ? new FieldProblem("text", message) : new FieldProblem(null, message);

    private static XElement Form(IReadOnlyDictionary<string, string> given, FieldProblem? problem)
    {
        var form = new FormFields(given, problem);
        return Classed(
            "form", "ansatz", Attribute("method", "post"), Attribute("action", Action + "#findings"), Attribute("data-analysed", "findings"),
            Element(
                "label", Element("span", "The text"),
                Element(
                    "textarea", Attribute("name", "text"), Attribute("rows", "18"), Attribute("spellcheck", "false"), Attribute("autocapitalize", "off"),
                    Attribute("autocomplete", "off"), Attribute("maxlength", $"{AnsatzDefinition.MaxBytes}"),
                    problem?.Field == "text" ? Attribute("aria-invalid", "true") : null,
                    // Readers of HTML drop one line break at the start.
                    "\n" + given.GetValueOrDefault("text", "").ReplaceLineEndings("\n"))),
            Classed(
                "div", "fields",
                form.Input("qubits", "Qubits", $"{SubjectRules.MinQubits} to {CircuitBench.MostQubits}", "number",
                    ("min", $"{SubjectRules.MinQubits}"), ("max", $"{CircuitBench.MostQubits}")),
                form.Input("layers", "Layers", $"1 to {CircuitBench.MostLayers}", "number", ("min", "1"), ("max", $"{CircuitBench.MostLayers}")),
                form.Choice("encoding", "Encoding of inputs", s_encodings),
                form.Choice("reupload", "Encoded again before every layer", ["false", "true"]),
                Element("div", Element("button", Attribute("type", "submit"), "Analyse"))));
    }

    private static object?[] Below(IReadOnlyDictionary<string, string> given, AnsatzFindings? findings, FieldProblem? problem) =>
        problem is not null
            ? [StudioPage.Trouble(problem.Field is null or "text" ? problem.Text : $"{problem.Field}: {problem.Text}"), Place(given, problem.Text)]
            : findings is not null ? [.. Found(findings)]
            : [Element("p", "\"Analyse\" shows its drawing and what it can do.")];

    // The line that a message names, to be seen without counting.
    private static XElement? Place(IReadOnlyDictionary<string, string> given, string message)
    {
        var named = LineNumber().Match(message);
        if (!named.Success || !int.TryParse(named.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var lines = given.GetValueOrDefault("text", "").ReplaceLineEndings("\n").Split('\n');
        return number < 1 || number > lines.Length ? null : Classed(
            "pre", "line place", Attribute("data-line", $"{number}"), Attribute("tabindex", "0"),
            Element("code", string.Create(CultureInfo.InvariantCulture, $"{number,4} │ {Shortened(Printed(lines[number - 1]))}")));
    }

    private static string Shortened(string line) => line.Length <= 200 ? line : line[..200] + "…";

    // Not every character can stand in a page.
    private static string Printed(string line) => string.Concat(
        line.Select(letter => letter == '\t' || !(char.IsControl(letter) || char.IsSurrogate(letter)) ? letter : '?'));

    private static IEnumerable<object?> Found(AnsatzFindings findings)
    {
        var (subject, inspection) = (findings.Subject, findings.Inspection);
        yield return Element("h3", $"{subject}");
        yield return subject.Ansatz.Description.Length == 0 ? null : Element("p", subject.Ansatz.Description);
        yield return CircuitParts.Drawing(inspection, CircuitSection.Split(subject));
        yield return CircuitParts.Counts(inspection);
        yield return CircuitParts.Dead(inspection);
        yield return CircuitParts.ConeTable(inspection);
        yield return findings.States is { } states ? States(states)
            : inspection.Cost.Parameters == 0 ? null
            : PageParts.Note("Entanglement and expressibility take more than a second at this size and are left out.");
        yield return Element("p", "All figures, with gradients and the noise of devices, in a terminal:");
        yield return StudioPage.Line(CommandLine.Text(
        [
            "ansatz", "analyze", $"{subject.Ansatz.Name}{AnsatzFile.Extension}", "--qubits", $"{subject.Qubits}", "--layers", $"{subject.Layers}",
            .. subject.Encoding == InputEncoding.Y ? Array.Empty<string>() : ["--encoding", subject.Encoding.Name()],
            .. subject.Reupload ? new[] { "--reupload" } : [],
        ]));
    }

    private static XElement States(StateFigures states)
    {
        var (e, x) = (states.Entanglement, states.Expressibility);
        return PlainTable.Draw(
            "States at random parameters", ["figure", "from |0…0⟩", "with random inputs", "of random states"],
            new IReadOnlyList<object?>[]
            {
                ["entangling capability (Meyer–Wallach Q)", Text(e.MeyerWallach), Text(e.MeyerWallachEncoded), Figures.Number(e.MeyerWallachHaar)],
                ["entropy of half the wires, bits", Text(e.HalfCutEntropy), Text(e.HalfCutEntropyEncoded), Figures.Number(e.HalfCutEntropyHaar)],
                x is null ? ["expressibility, nats", "told up to 6 qubits", Figures.None, Figures.None]
                    : ["expressibility, nats (0 is best)", Text(x.Divergence), Text(x.DivergenceEncoded), Figures.Number(x.Floor)],
            });
    }

    private static string Text(Estimate estimate) => Figures.WithError(estimate.Value, estimate.StandardError);

    [GeneratedRegex("^" + CircuitBench.Source + @":(\d+): ")]
    private static partial Regex LineNumber();
}
