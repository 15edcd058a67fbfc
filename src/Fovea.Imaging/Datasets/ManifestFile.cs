using System.Globalization;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Datasets;

/// <summary>manifest.csv: one row an image, in the order of images.npy.</summary>
internal static class ManifestFile
{
    private static readonly string[] s_columns =
        ["index", "file", "split", "patient", "label", "width", "height", "disc_kind", "disc_x", "disc_y", "disc_radius", "sha256"];

    public static byte[] Encode(IReadOnlyList<ManifestEntry> entries)
    {
        var text = new StringBuilder();
        CsvWriter.AppendRow(text, s_columns);
        foreach (var e in entries)
        {
            CsvWriter.AppendRow(
                text, Number(e.Index), e.File, e.Split.ToName(), e.Patient, e.Label is { } label ? Number(label) : "",
                Number(e.Width), Number(e.Height), e.Disc?.Kind.ToName() ?? "", Length(e.Disc?.CentreX),
                Length(e.Disc?.CentreY), Length(e.Disc?.Radius), e.Sha256);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static List<ManifestEntry> Read(string path)
    {
        var entries = new List<ManifestEntry>();
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            foreach (var row in CsvReader.Read(reader))
            {
                if (entries.Count == 0 && row[0] == s_columns[0])
                {
                    if (!row.AsSpan().SequenceEqual(s_columns)) throw new FormatException($"the columns must be {string.Join(", ", s_columns)}");
                    continue;
                }

                entries.Add(Parse(row, entries.Count));
            }
        }
        catch (FormatException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }

        return entries;
    }

    private static ManifestEntry Parse(string[] row, int index)
    {
        if (row.Length != s_columns.Length) throw new FormatException($"image {index}: {row.Length} fields, {s_columns.Length} are needed");
        if (WholeNumber(row[0], "index") != index)
            throw new FormatException($"image {index}: the index is '{row[0]}'; rows must follow the order of {DatasetFiles.Images}");
        if (!SplitNames.TryParse(row[2], out var split)) throw new FormatException($"image {index}: the split is '{row[2]}'; train, val or test is needed");
        return new ManifestEntry
        {
            Index = index,
            File = row[1],
            Split = split,
            Patient = row[3],
            Label = row[4].Length == 0 ? null : WholeNumber(row[4], "label"),
            Width = WholeNumber(row[5], "width"),
            Height = WholeNumber(row[6], "height"),
            Disc = Disc(row.AsSpan(7, 4), index),
            Sha256 = row[11],
        };
    }

    /// <summary>Empty in all four columns where the image has no disc.</summary>
    private static RetinaDisc? Disc(ReadOnlySpan<string> row, int index)
    {
        if (row is ["", "", "", ""]) return null;
        if (!DiscKindNames.TryParse(row[0], out var kind)) throw new FormatException($"image {index}: the disc kind is '{row[0]}'");
        return new RetinaDisc(kind, Real(row[1]), Real(row[2]), Real(row[3]));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Length(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static int WholeNumber(string text, string column) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"{column} is '{text}'; a whole number from 0 is needed");

    private static double Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"the disc geometry is '{text}'; a number is needed");
}

/// <summary>One row of a dataset's manifest: what is known of one image.</summary>
public sealed record ManifestEntry
{
    /// <summary>The image's row in images.npy; set by <see cref="DatasetWriter.Append"/>.</summary>
    public int Index { get; init; }

    /// <summary>The source's path relative to the source folder, with forward slashes; any unique name for generated images.</summary>
    public required string File { get; init; }

    /// <summary>The part of the dataset.</summary>
    public Split Split { get; init; }

    /// <summary>The patient as the label table names it; empty when not known.</summary>
    public string Patient { get; init; } = "";

    /// <summary>The class as an index into the dataset's class names; null when not known.</summary>
    public int? Label { get; init; }

    /// <summary>The upright source's width in pixels.</summary>
    public int Width { get; init; }

    /// <summary>The upright source's height in pixels.</summary>
    public int Height { get; init; }

    /// <summary>The field of view of a fundus photograph in source pixels; null for other pictures.</summary>
    public RetinaDisc? Disc { get; init; }

    /// <summary>SHA-256 of the source file's bytes in lower-case hexadecimal digits; empty for generated images.</summary>
    public string Sha256 { get; init; } = "";
}
