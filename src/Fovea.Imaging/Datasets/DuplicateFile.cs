using System.Text.Json.Serialization;

namespace Fovea.Imaging.Datasets;

/// <summary>A source file that was dropped because an earlier one is the same.</summary>
/// <param name="File">The dropped file, relative to the source.</param>
/// <param name="KeptFile">The file that is the same and was kept.</param>
/// <param name="Match">What is the same: <c>bytes</c> of the files or decoded <c>pixels</c>.</param>
/// <param name="Patient">The patient that is given for the dropped file; null when not known.</param>
public sealed record DuplicateFile(
    string File, string KeptFile, string Match, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Patient = null);
