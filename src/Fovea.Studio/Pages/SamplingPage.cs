using System.Globalization;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Diffusion.Sampling;
using Fovea.Reporting.Pages;
using Fovea.Studio.Folders;
using Fovea.Studio.Work;
using Fovea.Training.Sampling;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>Draws images of one model, or of two side by side from equal seeds.</summary>
/// <param name="root">The studio's folder.</param>
/// <param name="desk">Draws.</param>
internal sealed class SamplingPage(StudioRoot root, SamplingDesk desk)
{
    /// <summary>The page.</summary>
    /// <param name="given">What stands in the form, by the fields' names.</param>
    /// <param name="problem">Why it cannot be drawn; null where it can.</param>
    internal string Text(IReadOnlyDictionary<string, string> given, FieldProblem? problem = null)
    {
        var models = new ModelList(root).Names;
        return new StudioPage("Draw images")
        {
            Header = [problem is { Field: null } ? StudioPage.Trouble(problem.Text) : null],
            Main =
            [
                models.Count == 0
                    ? Element("p", "There is no trained model: neither in the folder nor with the program.")
                    : Form(models, given, problem),
                desk.Job is { } job ? Drawn(job) : null,
            ],
        }.ToString();
    }

    /// <summary>What the form asks for.</summary>
    /// <param name="given">Its fields.</param>
    /// <param name="sent">The files that came with it.</param>
    /// <exception cref="FieldException">A field breaks a rule.</exception>
    internal SamplingOrder Order(IReadOnlyDictionary<string, string> given, SentFiles sent)
    {
        var fields = new Fields(given);
        var models = new ModelList(root);
        (string Name, string Run) Find(string field, string name) =>
            models.RunOf(name) is { } run ? (name, run) : throw new FieldException(field, $"{name}: no such model here");
        var (first, second) = (fields.Text("model") ?? "", fields.Text("other"));
        var order = new SamplingOrder(
            second is null ? [Find("model", first)] : [Find("model", first), Find("other", second)],
            fields.Text("class"), fields.Number("guidance", 0, 100), fields.Integer("seed", 0, int.MaxValue) ?? 0,
            fields.Text("sampler") is { } sampler ? SamplerRegistry.Names.Contains(sampler) ? sampler
                : throw new FieldException("sampler", $"allowed: {string.Join(", ", SamplerRegistry.Names)}") : null,
            fields.Integer("steps", 1, SamplingOrder.MostSteps), fields.Integer("count", 1, SamplingOrder.MostCount) ?? 8)
        {
            AttentionGuidance = fields.Number("attention", 0, 100),
        };
        return FileFields.With(NoiseFields.With(order, fields), fields, sent);
    }

    /// <summary>How the form of an order is filled.</summary>
    internal static IReadOnlyDictionary<string, string> Filled(SamplingOrder order)
    {
        var given = new Dictionary<string, string>(FileFields.Filled(order).Concat(NoiseFields.Filled(order)), StringComparer.Ordinal)
        {
            ["model"] = order.Models[0].Name,
            ["seed"] = order.Seed.ToString(CultureInfo.InvariantCulture),
            ["count"] = order.Count.ToString(CultureInfo.InvariantCulture),
        };
        if (order.Models.Count > 1) given["other"] = order.Models[1].Name;
        if (order.Class is { } label) given["class"] = label;
        if (order.Sampler is { } sampler) given["sampler"] = sampler;
        if (order.Guidance is { } guidance) given["guidance"] = guidance.ToString("R", CultureInfo.InvariantCulture);
        if (order.AttentionGuidance is { } attention) given["attention"] = attention.ToString("R", CultureInfo.InvariantCulture);
        if (order.Steps is { } steps) given["steps"] = steps.ToString(CultureInfo.InvariantCulture);
        return given;
    }

    private static XElement Form(IReadOnlyList<string> models, IReadOnlyDictionary<string, string> given, FieldProblem? problem)
    {
        var form = new FormFields(given, problem);
        return Classed(
            "form", "fields", Attribute("method", "post"), Attribute("action", "/sample"), Attribute("enctype", "multipart/form-data"),
            form.Choice("model", "Model", models),
            form.Choice("other", "Beside it", ["", .. models], "nothing"),
            form.Input("class", "Class", "its name, #0 for the first, none; empty for all", "text"),
            form.Input("count", "Images", $"1 to {SamplingOrder.MostCount}; empty for 8", "number", ("min", "1"), ("max", $"{SamplingOrder.MostCount}")),
            form.Input("seed", "Seed", "0 and above; empty for 0", "number", ("min", "0")),
            form.Input("guidance", "Guidance", "0 to 100; empty for the run's; at the run's times", "number", ("min", "0"), ("max", "100"), ("step", "any")),
            form.Input(
                "attention", "Attention guidance", "0 to 100; empty for the run's", "number", ("min", "0"), ("max", "100"), ("step", "any")),
            form.Choice("sampler", "Sampler", ["", .. SamplerRegistry.Names], "the run's"),
            form.Input("steps", "Steps", $"1 to {SamplingOrder.MostSteps}; empty for the run's", "number", ("min", "1"),
                ("max", $"{SamplingOrder.MostSteps}")),
            NoiseFields.Draw(form),
            FileFields.Draw(form),
            Element("div", Element("button", Attribute("type", "submit"), "Draw")));
    }

    private XElement Drawn(SamplingJob job) => PageParts.Section(
        "drawn", "Images",
        Classed("p", job.HasFailed ? "state trouble" : "state", Attribute("role", "status"), Attribute("id", "drawing"), job.Message),
        job.Order.Photograph is null ? null
            : Element("p", $"Variations of {Path.GetFileName(job.Order.Photograph.Files[0])}: they carry the retina of the person in it. "
                + "Share them only as you may share that photograph."),
        job.Order.Notes.Select(note => Element("p", note)),
        job.IsOver ? null : Classed("div", "actions stop", StudioPage.Button("/sample/stop", "Stop")),
        Classed(
            "div", job.Order.Models.Count > 1 ? "pairs two" : "pairs", Attribute("data-drawing", "/sample/events"), Attribute("data-job", job.Id),
            job.Order.Models.Count > 1
                ? Element(
                    "label", Classed("span", "sides", Element("span", job.Order.Models[0].Name), Element("span", job.Order.Models[1].Name)),
                    Element("input", Attribute("type", "range"), Attribute("min", "0"), Attribute("max", "100"), Attribute("value", "50"),
                        Attribute("class", "wipe"), Attribute("aria-label", "How much of the first model is seen")))
                : null,
            Classed("ul", "tiles large", Enumerable.Range(0, job.Order.Count).Select(index => Element("li", Pair(job, index))))),
        Element("p", "The same from a terminal:"),
        job.Order.Models.Select(
            model => StudioPage.Line(CommandLine.Text(job.Order.Arguments(ModelList.Shown(root, model.Name), job.Order.NoiseOf(model.Run))))));

    private static XElement Pair(SamplingJob job, int index) => Classed(
        "figure", "tile",
        Classed("div", "frame", job.Order.Models.Select((model, place) => Picture(job, place, index, model.Name))),
        Element("figcaption", job.Order.Models.Select((_, place) => StudioPage.Link(
            PictureAddress(job, place, index),
            Attribute("download", $"{(job.Order.Models.Count > 1 ? place == 0 ? "left-" : "right-" : "")}{DrawnImages.PathOf("", index)}"),
                job.Order.Models.Count > 1 ? place == 0 ? "PNG left" : "PNG right" : "PNG"))));

    private static XElement Picture(SamplingJob job, int place, int index, string model) => Element(
        "img", Attribute("data-picture", string.Create(CultureInfo.InvariantCulture, $"{place}-{index}")),
            Attribute("alt", string.Create(CultureInfo.InvariantCulture, $"image {index} of {model}")),
        job.Picture(place, index) is null ? Attribute("hidden", "hidden") : Attribute("src", PictureAddress(job, place, index)));

    private static string PictureAddress(SamplingJob job, int model, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"/sample/picture.png?job={job.Id}&model={model}&index={index}");
}
