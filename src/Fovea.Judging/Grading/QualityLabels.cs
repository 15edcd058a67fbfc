using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Tables;

namespace Fovea.Judging.Grading;

/// <summary>Quality labels of a dataset, whatever its classes are called.</summary>
internal static class QualityLabels
{
    private static readonly Dictionary<string, QualityGrade> ByName = new(NameComparer.Instance)
    {
        ["good"] = QualityGrade.Good,
        ["usable"] = QualityGrade.Usable,
        ["reject"] = QualityGrade.Reject,
        ["bad"] = QualityGrade.Reject,
    };

    /// <summary>The labelled images of a split with their grades, in the dataset's order.</summary>
    /// <exception cref="InputException">A class is no quality, or the split has no labelled image.</exception>
    public static IReadOnlyList<(int Index, QualityGrade Grade)> Of(ImageDataset dataset, Split split)
    {
        if (dataset.ClassNames.FirstOrDefault(name => !ByName.ContainsKey(name)) is { } stray)
            throw new InputException($"{dataset.Folder}: its class '{stray}' is no image quality; allowed: {string.Join(", ", ByName.Keys)} (prepare it with --label-column quality)");
        var labelled = dataset.IndicesOf(split)
            .Where(index => dataset.Entries[index].Label is not null)
            .Select(index => (index, ByName[dataset.ClassNames[dataset.Entries[index].Label!.Value]]))
            .ToArray();
        return labelled.Length > 0
            ? labelled
            : throw new InputException($"{dataset.Folder}: no image of the split '{split.ToName()}' has a quality label");
    }
}
