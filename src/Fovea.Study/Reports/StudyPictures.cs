namespace Fovea.Study.Reports;

/// <summary>The grids of cells, which lie beside their results.</summary>
/// <param name="folder">A folder with NAME.png, or with such files in a folder of cells within.</param>
internal sealed class StudyPictures(string folder)
{
    /// <summary>A cell's picture as PNG; null where there is none.</summary>
    public byte[]? Find(string cell)
    {
        string[] places = [Path.Combine(folder, cell + ".png"), Path.Combine(folder, Results.CellResults.FolderName, cell + ".png")];
        return places.FirstOrDefault(File.Exists) is { } path ? File.ReadAllBytes(path) : null;
    }
}
