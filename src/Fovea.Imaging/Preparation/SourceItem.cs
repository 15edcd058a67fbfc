using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>One picture to be: where it comes from and how to load it on a worker.</summary>
/// <param name="File">Name in the manifest.</param>
/// <param name="Load">Gives the image; runs on any thread.</param>
/// <param name="Split">The split if the source itself gives one.</param>
/// <param name="Label">The class if the source itself gives one.</param>
internal sealed record SourceItem(string File, Func<LoadedImage> Load, Split? Split = null, string? Label = null);
