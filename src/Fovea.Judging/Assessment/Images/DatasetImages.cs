using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Judging.Assessment.Images;

/// <summary>Images of a prepared dataset.</summary>
internal static class DatasetImages
{
    /// <summary>The images of a split, or some of them.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The split; null for all images.</param>
    /// <param name="most">Images to take at most; of more, a sample by seed.</param>
    /// <param name="seed">Seed of the sample.</param>
    public static ImageSet Read(ImageDataset dataset, Split? split, int most, ulong seed)
    {
        var name = split?.ToName() ?? "all";
        IReadOnlyList<int> indices = split is { } part ? dataset.IndicesOf(part) : [.. Enumerable.Range(0, dataset.Count)];
        if (indices.Count == 0) throw new InputException($"{dataset.Folder}: has no image in its split '{name}'");
        List<string> warnings = [];
        if (indices.Count > most)
        {
            var all = indices;
            int?[] labels = [.. all.Select(index => dataset.Entries[index].Label)];
            indices = [.. SetSample.Choose([.. all.Select(index => SetSample.HashOf(dataset.GetImage(index)))], labels, most, seed).Select(k => all[k])];
            warnings.Add($"{dataset.Folder}: {most} of {all.Count} images of '{name}' were taken, by seed {seed}{(labels.Distinct().Count() > 1 ? ", spread over the classes" : "")}");
        }

        return new ImageSet(
            dataset.Folder, name, dataset.Size,
            [.. indices.Select(index => dataset.GetImage(index).ToArray())],
            [.. indices.Select(index => dataset.Entries[index].File)],
            [.. indices.Select(index => dataset.Entries[index].Label is { } label ? dataset.ClassNames[label] : null)],
            [], warnings);
    }
}
