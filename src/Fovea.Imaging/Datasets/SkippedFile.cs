namespace Fovea.Imaging.Datasets;

/// <summary>A source file that gave no image.</summary>
/// <param name="File">The path relative to the source.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record SkippedFile(string File, string Reason);

/// <summary>Files of a source folder that are no pictures, of one kind.</summary>
/// <param name="Reason">What they are: the extension of a type that is not read, documents, hidden files and so on.</param>
/// <param name="Count">How many.</param>
public sealed record PassedOverCount(string Reason, int Count);
