using System.Xml.Linq;
using Fovea.Core.Files;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>The frame of all pages of the studio. Style and script are files of their own, as its security policy asks.</summary>
/// <param name="Title">The title, on the page too.</param>
internal sealed record StudioPage(string Title)
{
    /// <summary>What stands under the title.</summary>
    internal IReadOnlyList<object?> Header { get; init; } = [];

    /// <summary>The sections.</summary>
    internal required IReadOnlyList<object?> Main { get; init; }

    /// <summary>Whether the way to the other pages is shown.</summary>
    internal bool HasNavigation { get; init; } = true;

    /// <summary>The page as text.</summary>
    public override string ToString() =>
        Text(Element(
            "html", Attribute("lang", "en"),
            Element(
                "head",
                Element("meta", Attribute("charset", "utf-8")),
                Element("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")),
                Element("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark")),
                Element("title", $"{Title} – Fovea studio"),
                Element("link", Attribute("rel", "icon"), Attribute("href", "/icon.svg")),
                Element("link", Attribute("rel", "stylesheet"), Attribute("href", "/studio.css")),
                Element("script", Attribute("src", "/studio.js"), Attribute("defer", "defer"))),
            Element(
                "body",
                Classed("a", "skip", Attribute("href", "#content"), "To the content"),
                HasNavigation ? Navigation() : null,
                Element("header", Element("h1", Title), Header),
                Element("main", Attribute("id", "content"), Main))));

    private static XElement Navigation() => Classed(
        "nav", "studio", Attribute("aria-label", "Studio"),
            new[] { ("/", "Home"), ("/sample", "Draw images"), ("/train", "Train"), ("/circuits", "Circuits") }.Select(page => Link(page.Item1, page.Item2)));

    /// <summary>A link.</summary>
    internal static XElement Link(string address, params object?[] content) => Element("a", Attribute("href", address), content);

    /// <summary>The address of a page about something in the folder.</summary>
    internal static string About(string page, string name, string more = "") => $"/{page}?path={Uri.EscapeDataString(name)}{more}";

    /// <summary>The address of a file in the folder.</summary>
    internal static string File(string name, string file) =>
        "/files/" + string.Join('/', $"{name}/{file}".Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString));

    /// <summary>What went wrong, where it cannot be missed.</summary>
    internal static XElement Trouble(string text) => Classed("p", "trouble", Attribute("role", "alert"), text);

    /// <summary>A button that asks the studio to do something.</summary>
    internal static XElement Button(string action, string label, params IEnumerable<(string Name, string Value)> fields) => Element(
        "form", Attribute("method", "post"), Attribute("action", action),
        fields.Select(field => Element("input", Attribute("type", "hidden"), Attribute("name", field.Name), Attribute("value", field.Value))),
        Element("button", Attribute("type", "submit"), label));

    /// <summary>The line of the program that does the same.</summary>
    internal static XElement Line(string command) => Classed("pre", "line", Attribute("tabindex", "0"), Element("code", command));
}

/// <summary>A page that says why there is no other.</summary>
internal static class TroublePage
{
    internal static string Text(string title, string message) =>
        new StudioPage(title) { Main = [StudioPage.Trouble(message), Element("p", StudioPage.Link("/", "To what is in the folder"))] }.ToString();
}

/// <summary>The page that asks for the password, for those on other machines.</summary>
internal static class PasswordPage
{
    internal static string Text(bool isWrong) => new StudioPage("Password")
    {
        HasNavigation = false,
        Main =
        [
            isWrong ? StudioPage.Trouble("That is not the password.") : null,
            Classed(
                "form", "fields", Attribute("method", "post"), Attribute("action", "/login"),
                Element("label", "Password",
                    Element("input", Attribute("type", "password"), Attribute("name", "password"), Attribute("autofocus", "autofocus"),
                        Attribute("autocomplete", "current-password"))),
                Element("button", Attribute("type", "submit"), "Enter")),
        ],
    }.ToString();
}

/// <summary>The style sheet, the script and the icon of all pages.</summary>
internal static class Assets
{
    private static readonly EmbeddedTexts s_styles = new(typeof(Assets).Assembly, "assets/", ".css");
    private static readonly EmbeddedTexts s_scripts = new(typeof(Assets).Assembly, "assets/", ".js");
    private static readonly EmbeddedTexts s_icons = new(typeof(Assets).Assembly, "assets/", ".svg");

    /// <summary>The style sheet: that of reports, with rules of the studio.</summary>
    internal static string Style { get; } = PageStyle.Text(s_styles.Find("studio")!);

    /// <summary>The script: that of reports, and that of the studio.</summary>
    internal static string Script { get; } = PageScript.Text + s_scripts.Find("studio");

    /// <summary>The icon.</summary>
    internal static string Icon { get; } = s_icons.Find("icon")!;
}
