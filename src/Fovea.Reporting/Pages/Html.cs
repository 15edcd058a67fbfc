using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Fovea.Reporting.Pages;

/// <summary>
/// Elements of a page. A page is a tree of elements and only the writer below makes text of it, so that nothing in a name or a description can
/// become markup.
/// </summary>
public static class Html
{
    private static readonly string[] Void = ["meta", "img", "source", "col", "br", "input"];

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
