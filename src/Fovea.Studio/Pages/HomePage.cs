using System.Globalization;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Studio.Folders;
using Fovea.Studio.Work;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>What is in the folder, kind by kind, the newest first.</summary>
internal static class HomePage
{
    private static readonly (ItemKind Kind, string Heading)[] s_sections =
    [
        (ItemKind.Run, "Runs"), (ItemKind.Dataset, "Datasets"), (ItemKind.Model, "Packed models"), (ItemKind.Evaluation, "Evaluations"),
            (ItemKind.Study, "Studies"),
        (ItemKind.Report, "Other reports"), (ItemKind.Images, "Drawn images"),
    ];

    internal static string Text(StudioRoot root)
    {
        var items = FolderScan.Find(root);
        return new StudioPage(items.Count == 0 ? "Nothing here yet" : "What is in the folder")
        {
            Header =
            [
                Classed("p", "faint", root.Path),
                items.Count == 0 ? null : Element("p", StudioPage.Link("/circuits", "Circuits"), " of these runs, and a place to write one."),
            ],
            Main = items.Count == 0 ? First(root)
                : [.. s_sections.Select(section => Section(root, section.Heading, [.. items.Where(item => item.Kind == section.Kind)]))],
        }.ToString();
    }

    /// <summary>The address of an item's page.</summary>
    internal static string? AddressOf(StudioItem item) => item.Kind switch
    {
        ItemKind.Dataset => StudioPage.About("dataset", item.Name),
        ItemKind.Run or ItemKind.Model => StudioPage.About("run", item.Name),
        _ when item.Page is { } page => StudioPage.File(item.Name, page),
        _ when item.Picture is { } picture => StudioPage.File(item.Name, picture),
        _ => null,
    };

    private static object?[] First(StudioRoot root) =>
    [
        Element("p", "The studio shows datasets, trainings, packed models, evaluations, studies and their reports. There is none in this folder. "
            + "To begin, either of these in a terminal, then look here again:"),
        Element("h2", "Try it without photographs"),
        Element("p", "Drawn pictures of retinas, of which the truth is known:"),
        StudioPage.Line(CommandLine.Text(["phantom", "--count", "1000", "--size", "64", "--out", root.ShownPath("phantoms")])),
        Element("h2", "Begin with photographs"),
        Element("p", "A folder of pictures becomes a dataset:"),
        StudioPage.Line(CommandLine.Text(["prepare", "PHOTOGRAPHS", "--size", "64", "--out", root.ShownPath("data")])),
        Element("p", "With a dataset in the folder, ", StudioPage.Link("/train", "a training"), " can be started from here. Without one, ",
            StudioPage.Link("/sample", "images can be drawn"), " from the models that come with the program, ",
            "whose ", StudioPage.Link("/circuits", "circuits"), " can be looked at."),
    ];

    private static XElement? Section(StudioRoot root, string heading, IReadOnlyList<StudioItem> items) => items.Count == 0 ? null : Element(
        "section", Element("h2", $"{heading} ", Classed("span", "count", items.Count.ToString(CultureInfo.InvariantCulture))),
        Classed("ul", "cards", items.Select(item => Element("li", Card(root, item)))));

    private static XElement Card(StudioRoot root, StudioItem item)
    {
        var name = item.Name.Length == 0 ? Path.GetFileName(root.Path) : item.Name;
        object?[] content =
        [
            PictureOf(item) is { } picture
                ? Element("img", Attribute("src", picture), Attribute("alt", ""), Attribute("loading", "lazy"))
                : Classed("span", "blank", "no picture yet"),
            Classed("span", "name", name),
            Classed("span", "faint", Facts(root, item)),
            Classed("time", "faint", Attribute("datetime", item.Changed.ToString("O", CultureInfo.InvariantCulture)), Ago(DateTime.UtcNow - item.Changed)),
        ];
        return AddressOf(item) is { } address ? Classed("a", "card", Attribute("href", address), content) : Classed("div", "card", content);
    }

    private static string? PictureOf(StudioItem item) => item.Kind == ItemKind.Dataset ? StudioPage.About("dataset/first.png", item.Name)
        : item.Picture is { } picture ? StudioPage.File(item.Name, picture)
        : item.Page is { } page ? StudioPage.About("first.png", item.Name.Length == 0 ? page : $"{item.Name}/{page}") : null;

    private static string Facts(StudioRoot root, StudioItem item)
    {
        try
        {
            var path = root.Resolve(item.Name)!;
            return item.Kind switch
            {
                ItemKind.Dataset => DatasetFacts(path),
                ItemKind.Run => RunFacts(RunView.Read(path)),
                ItemKind.Model => "weights, ready to draw images",
                ItemKind.Study when item.Page is null => "no report yet",
                _ => "",
            };
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            return "cannot be read";
        }
    }

    private static string DatasetFacts(string path)
    {
        using var dataset = ImageDataset.Open(path);
        return string.Create(CultureInfo.InvariantCulture, $"{dataset.Count:N0} images of {dataset.Size} px");
    }

    private static string RunFacts(RunView run)
    {
        var stage = run.Stages.LastOrDefault(stage => stage.Steps > 0) ?? run.Stages[0];
        var facts = string.Create(CultureInfo.InvariantCulture, $"{stage.Name}, step {stage.Steps:N0} of {stage.Planned:N0}");
        return run.IsTraining ? $"training: {facts}" : run.IsFinished ? "finished" : facts;
    }

    private static string Ago(TimeSpan time) => time.TotalMinutes < 2 ? "just now"
        : time.TotalHours < 2 ? $"{Counted.Of((int)time.TotalMinutes, "minute")} ago"
        : time.TotalDays < 2 ? $"{Counted.Of((int)time.TotalHours, "hour")} ago" : $"{Counted.Of((int)time.TotalDays, "day")} ago";
}
