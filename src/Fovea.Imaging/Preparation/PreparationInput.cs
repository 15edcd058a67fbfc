using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>What a preparation works on.</summary>
/// <param name="Kind">The kind of source as dataset.json names it.</param>
/// <param name="Items">The pictures, in order.</param>
/// <param name="Total">Their number.</param>
/// <param name="Table">The label table, if there is one.</param>
/// <param name="Conditions">What the conditions on the table's rows left out; empty without conditions.</param>
internal sealed record PreparationInput(
    string Kind, IEnumerable<SourceItem> Items, long Total, LabelTable? Table, IReadOnlyList<AppliedFilter> Conditions)
{
    /// <summary>Finds patients in the files' names; null when that was not asked for.</summary>
    public FileNamePersons? Names { get; init; }

    /// <summary>What the source folder holds; null for a file.</summary>
    public PictureListing? Listing { get; init; }
}
