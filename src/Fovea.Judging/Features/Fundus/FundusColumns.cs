using Fovea.Core.Errors;

namespace Fovea.Judging.Features.Fundus;

/// <summary>How the label table's columns are read.</summary>
internal static class FundusColumns
{
    /// <summary>The column that names the image.</summary>
    public const string File = "file";

    /// <summary>The column of free text.</summary>
    public const string Keywords = "keywords";

    /// <summary>The side of the eye: a mirrored image is of the other eye.</summary>
    public const string Eye = "eye";

    /// <summary>The image's quality.</summary>
    public const string Quality = "quality";

    private const double KeywordsWeight = 4;

    /// <summary>The tasks with one class an image. The eye counts half: it is easy and says least about a picture.</summary>
    public static IReadOnlyList<FundusTask> ClassTasks { get; } =
    [
        new(Quality, ["good", "usable", "reject"], IsMultiLabel: false, 1),
        new("dr_grade", ["0", "1", "2", "3", "4"], IsMultiLabel: false, 1),
        new(Eye, ["left", "right"], IsMultiLabel: false, 0.5),
    ];

    /// <summary>The task of keywords. A mean over many rare phrases is small, so it weighs more.</summary>
    public static FundusTask KeywordTask(IReadOnlyList<string> phrases) => new(Keywords, phrases, IsMultiLabel: true, KeywordsWeight);

    /// <summary>A row of zeros with a one at the class; null for an empty cell.</summary>
    /// <exception cref="InputException">The cell names no class.</exception>
    public static float[]? OneHot(FundusTask task, string cell, string path, string file)
    {
        var name = cell.Trim().ToLowerInvariant();
        if (name.Length == 0) return null;
        if (task.Name == Quality && name == "bad") name = "reject";
        if (!task.Classes.Contains(name)) throw new InputException($"{path}: {file} has {task.Name} '{cell}'; allowed: {string.Join(", ", task.Classes)}{(task.Name == Quality ? ", bad" : "")}, or nothing");
        return [.. task.Classes.Select(c => c == name ? 1f : 0f)];
    }

    /// <summary>
    /// The phrases of a cell, lower case, each once. Notes of the form name=value are left out: they tell the source, not what is seen.
    /// </summary>
    public static string[] PhrasesOf(string cell) =>
    [
        .. cell.Split([',', ';', '，', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(phrase => !phrase.Contains('=', StringComparison.Ordinal))
            .Select(phrase => phrase.ToLowerInvariant()).Distinct(),
    ];
}
