using System.Globalization;
using System.Xml.Linq;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>Fields of a form with what was given for them, and what is wrong with one.</summary>
/// <param name="given">What was given, by the fields' names.</param>
/// <param name="problem">What is wrong; null for nothing.</param>
internal sealed class FormFields(IReadOnlyDictionary<string, string> given, FieldProblem? problem)
{
    /// <summary>A line of text or a number.</summary>
    /// <param name="name">The field.</param>
    /// <param name="label">What it is called.</param>
    /// <param name="hint">What it may be.</param>
    /// <param name="type">The kind of input.</param>
    /// <param name="limits">Attributes that the browser checks.</param>
    internal XElement Input(string name, string label, string hint, string type, params IEnumerable<(string Name, string Value)> limits) => Labelled(
        name, label, hint,
        Element(
            "input", Attribute("type", type), Attribute("value", Given(name)), Attribute("autocomplete", "off"),
                limits.Select(limit => Attribute(limit.Name, limit.Value)),
            Marks(name, hint)));

    /// <summary>A file.</summary>
    /// <param name="name">The field.</param>
    /// <param name="label">What it is called.</param>
    /// <param name="hint">What it may be.</param>
    /// <param name="types">The types that are offered, by their extensions.</param>
    /// <param name="most">The most bytes; the script tells it before more are sent.</param>
    internal XElement File(string name, string label, string hint, string types, int most) => Labelled(
        name, label, hint,
        Element(
            "input", Attribute("type", "file"), Attribute("accept", types), Attribute("data-most", most.ToString(CultureInfo.InvariantCulture)),
            Marks(name, hint)));

    /// <summary>One of several.</summary>
    internal XElement Choice(string name, string label, IReadOnlyList<string> choices, string empty = "") => Labelled(
        name, label, "",
        Element(
            "select", Marks(name, ""),
            choices.Select(choice =>
                Element("option", Attribute("value", choice), choice == Given(name) ? Attribute("selected", "selected") : null, choice.Length == 0 ? empty
                    : choice))));

    private string Given(string name) => given.GetValueOrDefault(name, "");

    private object?[] Marks(string name, string hint) =>
    [
        Attribute("name", name), Attribute("id", $"field-{name}"),
        .. problem?.Field == name
            ? (object?[])[Attribute("aria-invalid", "true"), Attribute("aria-describedby", $"wrong-{name}"), Attribute("autofocus", "autofocus")]
            : [hint.Length > 0 ? Attribute("aria-describedby", $"hint-{name}") : null],
    ];

    // The label holds its word alone: who listens to the page hears what the field is called, and then what it may be.
    private XElement Labelled(string name, string label, string hint, XElement control) => Classed(
        "div", "field", Element("label", Attribute("for", $"field-{name}"), label), control,
        problem?.Field == name ? Classed("span", "wrong", Attribute("id", $"wrong-{name}"), problem.Text)
            : hint.Length > 0 ? Classed("span", "hint", Attribute("id", $"hint-{name}"), hint) : null);
}

/// <summary>What is wrong with a form.</summary>
/// <param name="Field">The field; null for no one in particular.</param>
/// <param name="Text">What, in one line.</param>
internal sealed record FieldProblem(string? Field, string Text);

/// <summary>A field of a form breaks a rule.</summary>
/// <param name="name">The field.</param>
/// <param name="message">The rule.</param>
internal sealed class FieldException(string name, string message) : Exception(message)
{
    /// <summary>The field and the rule.</summary>
    internal FieldProblem Problem { get; } = new(name, message);
}

/// <summary>Reads fields of a form; an empty one is none.</summary>
/// <param name="given">What was given, by the fields' names.</param>
internal sealed class Fields(IReadOnlyDictionary<string, string> given)
{
    internal string? Text(string name) => given.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

    internal int? Integer(string name, int low, int high) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high ? value
        : throw new FieldException(name, $"{text} is not allowed; allowed: {low} to {high}");

    internal double? Number(string name, double low, double high) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high ? value
        : throw new FieldException(name, $"{text} is not allowed; allowed: {low} to {high}");
}
