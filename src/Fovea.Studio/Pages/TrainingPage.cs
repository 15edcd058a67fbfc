using System.Xml.Linq;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Studio.Folders;
using Fovea.Studio.Work;
using Fovea.Training.Configuration;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>Starts a training, or goes on with one. The fields are the declared settings.</summary>
/// <param name="root">The studio's folder.</param>
/// <param name="desk">Starts it.</param>
internal sealed class TrainingPage(StudioRoot root, TrainingDesk desk)
{
    // What most trainings differ in, before all the rest.
    private static readonly string[] s_first = ["size", "seed", "autoencoder.training.steps", "denoiser.training.steps", "denoiser.class_conditional",
        "quantum.enabled"];

    /// <summary>The page.</summary>
    /// <param name="given">What stands in the form, by the fields' names; settings by their keys.</param>
    /// <param name="problem">Why it cannot be started; null where it can.</param>
    internal string Text(IReadOnlyDictionary<string, string> given, FieldProblem? problem = null)
    {
        var resumed = given.GetValueOrDefault("resume", "");
        var models = new ModelList(root).Names;
        string[] datasets = [.. FolderScan.Find(root).Where(item => item.Kind == ItemKind.Dataset && item.Name.Length > 0).Select(item => item.Name)];
        return new StudioPage(resumed.Length > 0 ? $"Go on with {resumed}" : "Start a training")
        {
            Header =
            [
                problem is { Field: null } ? StudioPage.Trouble(problem.Text) : null,
                desk.Obstacle is { } obstacle ? Element("p", obstacle) : null,
                problem is not null && Line(given) is { } line
                    ? Element("div", Element("p", "The line of the program for this:"), StudioPage.Line(line))
                    : null,
            ],
            Main =
            [
                datasets.Length == 0
                    ? Element("div", Element("p", "A training needs a dataset in the folder. One of drawn pictures:"),
                        StudioPage.Line(CommandLine.Text(["phantom", "--count", "1000", "--size", "64", "--out", root.ShownPath("phantoms")])))
                    : Form(datasets, models, given, problem, resumed),
            ],
        }.ToString();
    }

    /// <summary>What the form asks for.</summary>
    internal static TrainingOrder Order(IReadOnlyDictionary<string, string> given)
    {
        var fields = new Fields(given);
        var resumed = fields.Text("resume");
        string[] overrides = [.. SettingDescription.All.Where(setting => fields.Text(setting.Key) is not null)
            .Select(setting => $"{setting.Key}={fields.Text(setting.Key)}")];
        var run = resumed ?? (fields.Text("run") ?? "").Replace('\\', '/').TrimEnd('/');
        return new TrainingOrder(fields.Text("config") ?? "", fields.Text("data") ?? "", run, overrides, resumed is not null)
        {
            Start = resumed is null ? fields.Text("init") : null,
        };
    }

    /// <summary>The field that a message is about: a setting by its key, or one of the others by its name.</summary>
    internal static FieldProblem ProblemOf(InputException failure)
    {
        string[] names = ["run", "data", "config", "init"];
        if (names.FirstOrDefault(name => failure.Message.StartsWith($"{name}: ", StringComparison.Ordinal)) is { } field)
        {
            return new FieldProblem(
                field, failure.Message[(field.Length + 2)..]);
        }

        var about = failure.Message[(failure.Message.IndexOf(": ", StringComparison.Ordinal) + 1)..].TrimStart();
        var key = SettingDescription.All.Select(setting => setting.Key).Where(key => about.StartsWith(key + " ", StringComparison.Ordinal))
            .MaxBy(key => key.Length);
        return new FieldProblem(key, failure.Message);
    }

    private string? Line(IReadOnlyDictionary<string, string> given)
    {
        var order = Order(given);
        var isKnown = order.Start is null || new ModelList(root).RunOf(order.Start) is not null;
        return isKnown && order.Run.Length > 0 && order.Dataset.Length > 0 ? CommandLine.Text(desk.Arguments(order)) : null;
    }

    private static XElement Form(
        IReadOnlyList<string> datasets, IReadOnlyList<string> models, IReadOnlyDictionary<string, string> given, FieldProblem? problem, string resumed)
    {
        var form = new FormFields(given, problem);
        SettingDescription[] open = [.. SettingDescription.All.Where(setting => resumed.Length == 0 || MayChange(setting.Key))];
        var first = open.Where(setting => s_first.Contains(setting.Key));
        var sections = open.Except(first)
            .GroupBy(setting => setting.Key.Contains('.') ? setting.Key[..setting.Key.LastIndexOf('.')] : "general");
        return Classed(
            "form", "fields", Attribute("method", "post"), Attribute("action", "/train"),
            resumed.Length > 0
                ? Element("input", Attribute("type", "hidden"), Attribute("name", "resume"), Attribute("value", resumed))
                : (object[])
                [
                    form.Choice("config", "Configuration", ShippedConfigs.Names),
                    form.Choice("init", "Begin with a trained model", ["", .. models], "none, with weights at random"),
                    form.Input("run", "Folder of the run", "a new folder inside of this one, as runs/first", "text", ("required", "required")),
                ],
            form.Choice("data", "Dataset", datasets),
            first.Select(setting => Field(form, setting, resumed.Length > 0)),
            Classed(
                "div", "sections",
                Element("p", resumed.Length > 0 ? "What is left empty is as it was." : "What is left empty is as the configuration has it."),
                sections.Select(section => Element(
                    "details", section.Any(setting => setting.Key == problem?.Field || given.ContainsKey(setting.Key)) ? Attribute("open", "open") : null,
                    Element("summary", section.Key), Classed("div", "fields", section.Select(setting => Field(form, setting, resumed.Length > 0)))))),
            Element("div", Element("button", Attribute("type", "submit"), resumed.Length > 0 ? "Go on" : "Start")));
    }

    // A run goes on with the settings that it began with; the training itself refuses others.
    private static bool MayChange(string key) =>
        key.EndsWith(".training.steps", StringComparison.Ordinal) || key.StartsWith("run.", StringComparison.Ordinal)
            || key.StartsWith("sampling.", StringComparison.Ordinal);

    private static XElement Field(FormFields form, SettingDescription setting, bool isResumed) =>
        setting.Allowed == "true, false"
            ? form.Choice(setting.Key, $"{setting.Key}: {setting.Help}", ["", "true", "false"], isResumed ? "as it was" : "as the configuration has it")
            : form.Input(setting.Key, $"{setting.Key}: {setting.Help}", setting.Allowed, "text");
}
