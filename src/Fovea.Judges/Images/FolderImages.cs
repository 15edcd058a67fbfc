using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Preparation;

namespace Fovea.Judges.Images;

/// <summary>Images of a folder of pictures; with folders of pictures in it, their names are the classes.</summary>
/// <param name="side">The side to which they are brought.</param>
/// <param name="framing">How the square is found first, as in real pictures; null for images of a generator, which have its form already.</param>
/// <param name="threads">Threads that read pictures; 0 for all cores.</param>
public sealed class FolderImages(int side, FramingKind? framing, int threads = 0)
{
    /// <summary>What a folder is called whose images were sampled of a run.</summary>
    public const string Sampled = "sampled";

    /// <summary>Reads the folder, in the order of the names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">What to call it.</param>
    /// <param name="most">Images to take at most; of more, a sample by seed (<see cref="SetSample"/>).</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">There is no folder, or no image in it.</exception>
    public ImageSet Read(string folder, string part, int most, ulong seed, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder (of generated images)");
        List<string> warnings = [];
        var listing = PictureFiles.Enumerate(folder);
        // A sheet beside images that were drawn a moment ago is no news.
        if (part != Sampled && PassedOver(listing) is { } passed) warnings.Add($"{folder}: passed over: {passed}");
        var files = Files(listing, warnings);
        if (files.Count == 0) throw new InputException($"{folder}: has no picture ({string.Join(", ", PictureFiles.Extensions)})");
        var taken = files.Count > most ? Sample(folder, files, most, seed, warnings, cancellation) : [.. files];
        var read = new Picture[taken.Length];
        var done = 0;
        var reader = framing is { } kind ? new FramedPictureReader(side, kind) : null;
        Parallel.For(0, taken.Length, Workers.Of(threads, cancellation), k =>
        {
            read[k] = reader is not null ? Cropped(reader, taken[k].Path) : Plain(taken[k].Path);
            if (Interlocked.Increment(ref done) % 64 == 0) progress?.Report(new ProgressUpdate("reading", done, taken.Length, "images"));
        });
        var kept = Enumerable.Range(0, taken.Length).Where(k => read[k].Pixels is not null).ToArray();
        if (kept.Length == 0) throw new InputException($"{folder}: none of {taken.Length} pictures can be used; the first: {taken[0].Path}: {read[0].Reason}");
        warnings.AddRange(Remarks(folder, [.. kept.Select(k => read[k])]));
        return new ImageSet(
            folder, part, side,
            [.. kept.Select(k => read[k].Pixels!)],
            [.. kept.Select(k => taken[k].Path)],
            [.. kept.Select(k => taken[k].Class)],
            [.. Enumerable.Range(0, taken.Length).Where(k => read[k].Pixels is null).Select(k => new SkippedImage(taken[k].Path, read[k].Reason!))],
            warnings);
    }

    /// <summary>What a listing passed over, counted by kind; null when that is nothing, hidden files and documents apart.</summary>
    public static string? PassedOver(PictureListing listing, bool documents = false)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var counts = listing.PassedOver.Where(file => file.Kind != PassedOverKind.Hidden && (documents || file.Kind != PassedOverKind.Document))
            .GroupBy(file => (file.Kind, file.Reason)).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.Reason}");
        return string.Join(", ", counts) is { Length: > 0 } text ? text : null;
    }

    private static List<(string Path, string? Class)> Files(PictureListing listing, List<string> warnings)
    {
        var byDepth = listing.Files.ToLookup(file => file.Count(letter => letter == '/'));
        var depth = byDepth[0].Any() ? 0 : 1;
        if (listing.Files.Count - byDepth[depth].Count() is > 0 and var deeper)
        {
            warnings.Add(
                $"{listing.Folder}: {deeper} pictures in folders {(depth == 0 ? "beside its pictures" : "within its classes' folders")} were not taken; a "
                    + "folder holds pictures, or a folder for each class");
        }

        var classes = ClassFiles.Read(listing.Folder);
        warnings.AddRange(ClassRemarks(listing, [.. byDepth[depth]], classes));
        return [.. byDepth[depth].Select(file => (Path.Combine(listing.Folder, file), ClassOf(file, classes)))];
    }

    private static IEnumerable<string> ClassRemarks(PictureListing listing, string[] files, IReadOnlyDictionary<string, string>? classes)
    {
        var table = Path.Combine(listing.Folder, ClassFiles.TableName);
        if (classes is null)
        {
            if (File.Exists(table)) yield return $"{table}: its first row is not 'file,class'; no class was taken from it";
            yield break;
        }

        if (files.Count(file => ClassOf(file, classes) is null) is > 0 and var without)
            yield return $"{table}: names no class for {without} of {files.Length} pictures, which count as of none";
        // Keys are folders, too.
        var named = classes.Keys.Where(name => PictureFiles.Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase));
        if (named.Count(name => !File.Exists(Path.Combine(listing.Folder, name))) is > 0 and var absent)
            yield return $"{table}: {absent} of its rows name files that are not there";
    }

    /// <summary>The class of a picture by the folder's table, or by the name of the folder that it lies in.</summary>
    private static string? ClassOf(string file, IReadOnlyDictionary<string, string>? classes)
    {
        var inner = file.IndexOf('/') is var at and >= 0 ? file[..at] : null;
        return classes?.GetValueOrDefault(file) ?? (inner is null ? null : classes?.GetValueOrDefault(inner) ?? inner);
    }

    private (string Path, string? Class)[] Sample(
        string folder, List<(string Path, string? Class)> files, int most, ulong seed, List<string> warnings, CancellationToken cancellation)
    {
        var hashes = new byte[files.Count][];
        Parallel.For(0, hashes.Length, Workers.Of(threads, cancellation), k => hashes[k] = Hash(files[k].Path));
        string?[] classes = [.. files.Select(file => file.Class)];
        warnings.Add(
            $"{folder}: {most} of {files.Count} pictures were taken, by seed {seed}{(classes.Distinct().Count() > 1 ? ", spread over the classes" : "")}");
        return [.. SetSample.Choose(hashes, classes, most, seed).Select(k => files[k])];
    }

    private static byte[] Hash(string path)
    {
        try
        {
            return SetSample.HashOf(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is told when it is to be read.
            return [];
        }
    }

    private static Picture Cropped(FramedPictureReader reader, string path)
    {
        var read = reader.Read(path);
        return new(read.Pixels, read.Reason, 0, false, false) { Repair = read.Repair is { } repair ? $"{path}: {repair}" : null };
    }

    private Picture Plain(string path)
    {
        try
        {
            var decoded = ImageDecoder.Decode(File.ReadAllBytes(path));
            var image = decoded.Image;
            if (image.Width != image.Height)
                return new(null, $"is {image.Width}×{image.Height} pixels, not square; cropping finds the square that images are made of", 0, false, false);
            return new(ImageSet.Resized(image.Pixels, image.Width, side), null, image.Width, IsGrey(image.Pixels), decoded.IsScaled)
            {
                Repair = decoded.Repair is { } repair ? $"{path}: {repair}" : null,
            };
        }
        catch (ImageReadException e)
        {
            return new(null, e.Message, 0, false, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, $"cannot be read ({e.Message})", 0, false, false);
        }
    }

    private static bool IsGrey(byte[] pixels)
    {
        for (var i = 0; i < pixels.Length; i += 3)
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) return false;
        return true;
    }

    private IEnumerable<string> Remarks(string folder, Picture[] pictures)
    {
        var sizes = pictures.Where(picture => picture.Side > 0).GroupBy(picture => picture.Side).OrderBy(group => group.Key).ToArray();
        if (sizes.Length > 1)
        {
            yield return $"{folder}: pictures of several sizes "
                + $"({string.Join(", ", sizes.Select(size => $"{size.Count()} of {size.Key} px"))}), all brought to {side} px";
        }
        else if (sizes is [{ } only] && only.Key != side)
        {
            yield return $"{folder}: pictures of {only.Key} px, brought to the real images' {side} px";
        }

        var grey = pictures.Count(picture => picture.IsGrey);
        if (pictures.Count(picture => picture.Repair is not null) is > 0 and var repaired)
        {
            yield return $"{folder}: {repaired} of {pictures.Length} pictures are damaged, a part of them is made up by the decoder; the first: "
                + $"{pictures.First(picture => picture.Repair is not null).Repair}";
        }

        if (grey > 0) yield return $"{folder}: {grey} of {pictures.Length} pictures are grey; their one channel stands for all three colours";
        var scaled = pictures.Count(picture => picture.IsScaled);
        if (scaled > 0) yield return $"{folder}: {scaled} of {pictures.Length} pictures have more than 8 bits a channel and were scaled to 8";
    }

    private readonly record struct Picture(byte[]? Pixels, string? Reason, int Side, bool IsGrey, bool IsScaled)
    {
        public string? Repair { get; init; }
    }
}
