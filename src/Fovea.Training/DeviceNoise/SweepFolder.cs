using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Training.Sampling;

namespace Fovea.Training.DeviceNoise;

/// <summary>
/// A sweep's folder: <c>sweep.json</c> says what is drawn, each level has a folder of PNG files and, once complete, <c>level.json</c>. So a
/// sweep that was stopped goes on where it was, image by image.
/// </summary>
internal sealed class SweepFolder
{
    internal static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>How the run samples, which sweeps of before do not say.</summary>
    internal const string Sampling = "sampling";

    private readonly string _path;

    private SweepFolder(string path) => _path = path;

    /// <summary>Opens a new, an empty, or the same sweep's folder.</summary>
    /// <exception cref="InputException">It holds something else, or another sweep.</exception>
    public static SweepFolder Open(string path, JsonObject description)
    {
        var folder = new SweepFolder(path);
        var text = description.ToJsonString(Json);
        var known = Path.Combine(path, "sweep.json");
        if (!File.Exists(known))
        {
            OutputFolder.Prepare(path, force: false, $"choose another folder");
        }
        else if (File.ReadAllText(known) is var there && there != text && there != WithoutSampling(description))
        {
            throw new InputException(
                $"{path}: holds another noise sweep (run, its sampling, profiles, scales, count, seed, steps, shots, mitigation or with shots batch differ "
                    + "from its sweep.json); choose another folder");
        }

        AtomicFile.WriteText(known, text);
        return folder;
    }

    // Null for a run that is guided by attention, which none was before: its images would come to lie among those of another guidance.
    private static string? WithoutSampling(JsonObject description)
    {
        var before = description.DeepClone().AsObject();
        if (before[Sampling]?["attention_guidance"]?.GetValue<double>() is not (null or 0)) return null;
        before.Remove(Sampling);
        return before.ToJsonString(Json);
    }

    /// <summary>A file beside the levels.</summary>
    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>
    /// The result of a complete level, or null, where it is drawn or measured again: also of one whose images are not all there, whose file is damaged, or
    /// whose similarity is of the older definition.
    /// </summary>
    public LevelResult? Result(NoiseLevel level, int count)
    {
        var path = Path.Combine(_path, FolderOf(level.Name), "level.json");
        if (!File.Exists(path) || !Enumerable.Range(0, count).All(index => File.Exists(ImagePath(level, index)))) return null;
        try
        {
            return JsonSerializer.Deserialize<LevelResult>(File.ReadAllText(path), Json) is { SsimRange: not null } result ? result : null;
        }
        catch (JsonException)
        {
            return null;
        }
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

    private string ImagePath(NoiseLevel level, long index) => DrawnImages.PathOf(Path.Combine(_path, FolderOf(level.Name)), index);
}
