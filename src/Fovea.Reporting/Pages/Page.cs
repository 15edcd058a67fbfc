using static Fovea.Reporting.Pages.Html;

namespace Fovea.Reporting.Pages;

/// <summary>A page that needs no other file and no network: its style and script stand in it.</summary>
/// <param name="Title">Its title, on the page too.</param>
/// <param name="Style">Its style sheet, of <see cref="PageStyle"/>.</param>
public sealed record Page(string Title, string Style)
{
    /// <summary>What stands under the title, before the first section.</summary>
    public IReadOnlyList<object?> Header { get; init; } = [];

    /// <summary>The sections.</summary>
    public required IReadOnlyList<object?> Main { get; init; }

    /// <summary>The last line.</summary>
    public required string Footer { get; init; }

    /// <summary>The page as text that HTML and XML readers take.</summary>
    public override string ToString() =>
        Text(Element(
            "html", Attribute("lang", "en"),
            Element(
                "head",
                Element("meta", Attribute("charset", "utf-8")),
                Element("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")),
                Element("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark")),
                Element("title", Title),
                Element("style", Raw(Style))),
            Element(
                "body",
                Element("header", Element("h1", Title), Header),
                Element("main", Main),
                Element("footer", Element("p", Footer)),
                Element("script", Raw(PageScript.Text)))));
}
