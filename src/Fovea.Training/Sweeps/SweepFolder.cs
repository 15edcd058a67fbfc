using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;

namespace Fovea.Training.Sweeps;

/// <summary>
/// A sweep's folder: <c>sweep.json</c> says what is drawn, each level has a folder of PNG files and, once complete, <c>level.json</c>. So a
/// sweep that was stopped goes on where it was, image by image.
/// </summary>
internal sealed class SweepFolder
{
    internal static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly string _path;

    private SweepFolder(string path) => _path = path;

    /// <summary>Opens a new, an empty, or the same sweep's folder.</summary>
    /// <exception cref="InputException">It holds something else, or another sweep.</exception>
    public static SweepFolder Open(string path, object description)
    {
        var folder = new SweepFolder(path);
        var text = JsonSerializer.Serialize(description, Json);
        var known = Path.Combine(path, "sweep.json");
        if (!File.Exists(known)) OutputFolder.Prepare(path, force: false, "choose another folder");
        else if (File.ReadAllText(known) != text)
            throw new InputException($"{path}: holds another noise sweep (run, profiles, scales, count, seed, steps, shots or mitigation differ from its sweep.json); choose another folder");
        AtomicFile.WriteText(known, text);
        return folder;
    }

    /// <summary>A file beside the levels.</summary>
    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>The result of a complete level, or null; null also for one whose similarity is of the older definition, which its images are measured again for.</summary>
    public LevelResult? Result(NoiseLevel level)
    {
        var path = Path.Combine(_path, FolderOf(level.Name), "level.json");
        return File.Exists(path) && JsonSerializer.Deserialize<LevelResult>(File.ReadAllText(path), Json) is { SsimRange: not null } result ? result : null;
    }

    /// <summary>Completes a level.</summary>
    public void Write(LevelResult result) =>
        AtomicFile.WriteText(Path.Combine(_path, FolderOf(result.Name), "level.json"), JsonSerializer.Serialize(result, Json));

    /// <summary>Writes an image of a level.</summary>
    public void Write(NoiseLevel level, long index, byte[] pixels, int side)
    {
        Directory.CreateDirectory(Path.Combine(_path, FolderOf(level.Name)));
        PngFile.Write(ImagePath(level, index), pixels, side, side);
    }

    /// <summary>The first images of a level, as many as are there without a gap.</summary>
    public List<byte[]> Images(NoiseLevel level, int most)
    {
        var images = new List<byte[]>();
        while (images.Count < most && File.Exists(ImagePath(level, images.Count)))
            images.Add(ImageFile.ReadRgb(ImagePath(level, images.Count)).Pixels);
        return images;
    }

    /// <summary>The folder of a level: the device's name in it may come from a file of the user's.</summary>
    public static string FolderOf(string level) => SafeName.Of(level);

    private string ImagePath(NoiseLevel level, long index) =>
        Path.Combine(_path, FolderOf(level.Name), string.Create(CultureInfo.InvariantCulture, $"{index:D6}.png"));
}
