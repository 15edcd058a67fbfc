using Fovea.Imaging.Datasets;
using Fovea.Imaging.Tables;

namespace Fovea.Imaging.Preparation;

/// <summary>What a label table says of one file.</summary>
/// <param name="Key">The file as the table names it.</param>
/// <param name="Label">The class's name; empty when not given.</param>
/// <param name="Patient">The patient; empty when not given.</param>
/// <param name="Split">The split; null when not given.</param>
/// <param name="Meets">Whether the row meets all conditions.</param>
internal sealed record LabelRow(string Key, string Label, string Patient, Split? Split, bool Meets)
{
    /// <summary>The first value in which two rows of one file differ, and the conditions' verdict; null when they say the same.</summary>
    public string? Difference(LabelRow other)
    {
        if (!NameComparer.Instance.Equals(Label, other.Label)) return $"label '{Label}' in '{Key}', '{other.Label}' in '{other.Key}'";
        if (!NameComparer.Instance.Equals(Patient, other.Patient)) return $"patient '{Patient}' in '{Key}', '{other.Patient}' in '{other.Key}'";
        if (Split != other.Split) return $"split '{Split?.ToName()}' in '{Key}', '{other.Split?.ToName()}' in '{other.Key}'";
        return Meets != other.Meets ? $"only one of '{Key}', '{other.Key}' meets the conditions" : null;
    }
}
