using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Preparation;

namespace Fovea.Training.Sampling;

/// <summary>The files of pictures to draw from, and how. They are framed as <c>fovea prepare</c> frames them.</summary>
public sealed record PictureSource
{
    /// <summary>What is written beside images that were drawn from pictures, since they carry the retina of the person in these.</summary>
    public const string FileName = "source.json";

    private const string Key = "fovea.source";
    private const double OfVariations = 0.4;
    private const double BetweenTwo = 0.6;
    private const double OfEdits = 0.7;
    private const double OfFilling = 1;

    /// <summary>One file, or the two that images are to lie between.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary><see cref="PictureStart.Strength"/>; null for 0.4, between two pictures 0.6, for an edit 0.7, and with a mask 1.</summary>
    public double? Strength { get; init; }

    /// <summary>The file of a mask of the picture, white where it stays; null where nothing must.</summary>
    public string? Mask { get; init; }

    /// <inheritdoc cref="PictureStart.Paste"/>
    public bool Paste { get; init; }

    /// <summary>Whether the picture's own noise is found, so that only the class changes.</summary>
    public bool IsEdit { get; init; }

    /// <summary>How the square of a picture is found.</summary>
    public FramingKind Framing { get; init; } = FramingKind.Retina;

    /// <summary>What is done with the pictures, in a word.</summary>
    private string Kind => (Files.Count, IsEdit, Mask) switch
    {
        ( > 1, _, _) => "between",
        (_, true, _) => "edit",
        (_, _, not null) => "filling",
        _ => "variation",
    };

    private double StrengthOrDefault => Strength ?? Kind switch { "between" => BetweenTwo, "edit" => OfEdits, "filling" => OfFilling, _ => OfVariations };

    /// <summary>One line on whose pictures the drawn images are.</summary>
    public string Privacy =>
        $"these images carry {(Framing == FramingKind.Retina ? "the retina of whoever" : "what")} is in "
            + $"{string.Join(" and ", Files.Select(Path.GetFileName))}: share them only as you may share that ({FileName} beside them says so)";

    /// <summary>Reads and frames the pictures.</summary>
    /// <param name="side">The run's side in pixels.</param>
    /// <param name="announce">Told of a picture of which the decoder made up a part.</param>
    /// <exception cref="InputException">A file gives no picture, or a number is out of range.</exception>
    public PictureStart Read(int side, Action<string>? announce = null)
    {
        var strength = StrengthOrDefault;
        if (!(strength is > 0 and <= 1))
            throw InputException.NotAllowed("Strength", strength, "above 0, up to 1");
        var reader = new FramedPictureReader(side, Framing);
        foreach (var file in Mask is null ? Files : [.. Files, Mask])
            if (!File.Exists(file)) throw new InputException($"{file}: no such file");
        byte[] Framed(string file)
        {
            var picture = reader.Read(file);
            if (picture.Repair is { } repair) announce?.Invoke($"warning: {file}: {repair}");
            return picture.Pixels ?? throw new InputException($"{file}: {picture.Reason}");
        }

        byte[][] pictures = [.. Files.Select(Framed)];
        var keep = Mask is null ? null : reader.ReadMask(Mask, Files[0]);
        return new PictureStart { Pictures = pictures, Strength = strength, IsInverted = IsEdit, Keep = keep, Paste = Paste };
    }

    /// <summary>Removes from a folder what <see cref="Write"/> wrote, and no other file of that name.</summary>
    internal static void Remove(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return;
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path)) is not JsonObject written || !written.ContainsKey(Key)) return;
        }
        catch (JsonException)
        {
            return;
        }

        File.Delete(path);
    }

    /// <summary>Writes into a folder of drawn images which pictures they come from, under the key <c>fovea.source</c>.</summary>
    internal void Write(string folder) => AtomicFile.WriteText(
        Path.Combine(folder, FileName),
        new JsonObject
        {
            [Key] = new JsonObject
            {
                ["kind"] = Kind,
                ["pictures"] =
                    new JsonArray(
                        [.. Files.Select(
                            file => new JsonObject { ["file"] = Path.GetFileName(file), ["sha256"] = FileHash.Compute(file) })]),
                ["strength"] = StrengthOrDefault,
                ["mask"] = Mask is null ? null : Path.GetFileName(Mask),
                ["pasted"] = Paste,
                ["note"] = Privacy,
            },
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
}
