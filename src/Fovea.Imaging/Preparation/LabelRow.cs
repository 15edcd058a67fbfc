using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>What a label table says of one file.</summary>
/// <param name="Key">The file as the table names it.</param>
/// <param name="Label">The class's name; empty when not given.</param>
/// <param name="Patient">The patient; empty when not given.</param>
/// <param name="Split">The split; null when not given.</param>
/// <param name="Meets">Whether the row meets all conditions.</param>
internal sealed record LabelRow(string Key, string Label, string Patient, Split? Split, bool Meets);
