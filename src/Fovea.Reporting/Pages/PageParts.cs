using System.Text;
using System.Xml;
using System.Xml.Linq;
using Fovea.Reporting.Charts;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Reporting.Pages;

/// <summary>Parts that pages are put together from.</summary>
public static class PageParts
{
    /// <summary>A section with its heading.</summary>
    public static XElement Section(string id, string heading, params object?[] content) =>
        Element("section", Attribute("id", id), Element("h2", heading), content);

    /// <summary>A paragraph that stands back.</summary>
    public static XElement Note(string text) => Classed("p", "faint", text);

    /// <summary>Links to sections of the page.</summary>
    public static XElement Navigation(IEnumerable<(string Id, string Heading)> sections) =>
        Element("nav", Attribute("aria-label", "Sections"), sections.Select(section => Element("a", Attribute("href", "#" + section.Id), section.Heading)));

    /// <summary>A name and what it stands for, in a list of settings or definitions.</summary>
    public static XElement[] Term(string name, params object?[] value) => [Element("dt", name), Element("dd", value)];

    /// <summary>A chart with its heading and caption; dark on dark screens, light elsewhere and on paper.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="figures">Where its figures stand as text, for readers who do not see it.</param>
    public static XElement Figure(PageChart chart, string figures)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Element(
            "figure", Attribute("id", "chart-" + Path.GetFileNameWithoutExtension(chart.Chart.FileName)),
            Element("h3", chart.Chart.Title),
            Element(
                "picture",
                Element(
                    "source", Attribute("media", "screen and (prefers-color-scheme: dark)"), Attribute("srcset", DataImage.Address(chart.Dark))),
                Element("img", Attribute("src", DataImage.Address(chart.Light)), Attribute("alt", $"Chart: {chart.Chart.Title}. {figures}"))),
            Element("figcaption", chart.Chart.Caption));
    }

    /// <summary>Pictures of one thing over time with a slider; without a script the last is seen.</summary>
    /// <param name="name">What the slider is for, to those who hear the page.</param>
    /// <param name="caption">What to see in it.</param>
    /// <param name="frames">What each picture is of, and the picture as PNG; at least one, the last is shown first.</param>
    public static XElement Film(string name, string caption, IReadOnlyList<(string Label, byte[] Png)> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var last = frames.Count - 1;
        return Classed(
            "figure", "film",
            frames.Select((frame, place) => Element(
                "img", Attribute("src", DataImage.Address(frame.Png)), Attribute("alt", frame.Label), place == last ? null : Attribute("hidden", "hidden"))),
            Classed(
                "div", "slider", Attribute("hidden", "hidden"),
                Element(
                    "input", Attribute("type", "range"), Attribute("min", "0"), Attribute("max", $"{last}"),
                    Attribute("value", $"{last}"), Attribute("aria-label", name),
                    last == 0 ? Attribute("hidden", "hidden") : null),
                Element("output", frames[last].Label)),
            Element("figcaption", caption));
    }
}

/// <summary>
/// Elements of a page. A page is a tree of elements and only the writer below makes text of it, so that nothing in a name or a description can
/// become markup.
/// </summary>
public static class Html
{
    private static readonly string[] Void = ["meta", "link", "img", "source", "col", "br", "input"];

    /// <summary>An element; contents are texts, elements, attributes and sequences of them.</summary>
    public static XElement Element(string name, params object?[] content) => new(name, content);

    /// <summary>An attribute.</summary>
    public static XAttribute Attribute(string name, string value) => new(name, value);

    /// <summary>An element of that class.</summary>
    public static XElement Classed(string name, string style, params object?[] content) => new(name, Attribute("class", style), content);

    /// <summary>Contents of a script or style, which HTML reads raw and XML as data.</summary>
    public static object[] Raw(string text) =>
        text.AsSpan().ContainsAny("<&>") ? throw new ArgumentException("HTML and XML would read this script in two ways", nameof(text)) : [new XText(text)];

    /// <summary>The page as text that both HTML and XML readers take.</summary>
    public static string Text(XElement root)
    {
        // HTML has no <p/>: an element that may have contents needs its end tag even when it has none.
        foreach (var element in root.DescendantsAndSelf().Where(element => element.IsEmpty && !Void.Contains(element.Name.LocalName)))
            element.Value = "";
        var text = new StringBuilder("<!DOCTYPE html>\n");
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = "", NewLineChars = "\n", CheckCharacters = false };
        using (var writer = XmlWriter.Create(text, settings))
            root.WriteTo(writer);
        return text.Append('\n').ToString();
    }
}

/// <summary>Pictures inside a page, so that it needs no other file.</summary>
public static class DataImage
{
    /// <summary>The address that holds a PNG.</summary>
    public static string Address(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);
}
