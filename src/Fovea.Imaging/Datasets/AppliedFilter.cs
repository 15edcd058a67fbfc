using System.Text.Json.Serialization;

namespace Fovea.Imaging.Datasets;

/// <summary>A filter that left source files out of a dataset.</summary>
/// <param name="Option">The option that asked for it: <c>where</c> or <c>apart-from</c>.</param>
/// <param name="Value">The conditions, or the other dataset's folder without the path to it.</param>
/// <param name="LeftOut">Source files that are not in the dataset for it.</param>
/// <param name="ContentHash">The other dataset's content hash; null for conditions.</param>
public sealed record AppliedFilter(
    string Option, string Value, int LeftOut, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ContentHash = null);
