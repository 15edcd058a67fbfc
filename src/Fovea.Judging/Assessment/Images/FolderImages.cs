using Fovea.Core.Errors;
using Fovea.Core.Progress;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Preparation;
using Fovea.Judging.Assessment.Results;
using Fovea.Training.Sampling;

namespace Fovea.Judging.Assessment.Images;

/// <summary>Images of a folder of pictures; with folders of pictures in it, their names are the classes.</summary>
/// <param name="side">The side to which they are brought.</param>
/// <param name="crop">Whether the retina is found and cropped first, as for photographs; images of a generator have its form already.</param>
internal sealed class FolderImages(int side, bool crop)
{
    /// <summary>Reads the folder, in the order of the names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">What to call it.</param>
    /// <param name="most">Images to take at most: the first ones.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">There is no folder, or no image in it.</exception>
    public ImageSet Read(string folder, string part, int most, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder (of generated images)");
        var files = Files(folder);
        if (files.Count == 0) throw new InputException($"{folder}: has no picture ({string.Join(", ", PictureFiles.Extensions)})");
        List<string> warnings = files.Count > most ? [$"{folder}: the first {most} of {files.Count} pictures were taken"] : [];
        var taken = files.Take(most).ToArray();
        var read = new Picture[taken.Length];
        var done = 0;
        var reader = new FundusReader(side);
        Parallel.For(0, taken.Length, new ParallelOptions { CancellationToken = cancellation }, k =>
        {
            read[k] = crop ? Cropped(reader, taken[k].Path) : Plain(taken[k].Path);
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

    private static List<(string Path, string? Class)> Files(string folder)
    {
        var classes = ClassFiles.Read(folder);
        string? Named(string path) => classes?.GetValueOrDefault(Path.GetRelativePath(folder, path).Replace('\\', '/'));
        var own = PictureFiles.In(folder).Where(file => Path.GetFileName(file) != DrawnImages.GridName).Select(file => (file, Named(file))).ToList();
        return own.Count > 0
            ? own
            : [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
                .SelectMany(inner => PictureFiles.In(inner).Where(file => Path.GetFileName(file) != DrawnImages.GridName).Select(file => (file, (string?)(Named(file) ?? Named(inner) ?? Path.GetFileName(inner)))))];
    }

    private static Picture Cropped(FundusReader reader, string path) => reader.Read(path, out var reason) is { } pixels ? new(pixels, null, 0, false, false) : new(null, reason, 0, false, false);

    private Picture Plain(string path)
    {
        try
        {
            var decoded = ImageDecoder.Decode(File.ReadAllBytes(path));
            var image = decoded.Image;
            if (image.Width != image.Height) return new(null, $"is {image.Width}×{image.Height} pixels, not square; --crop finds the retina in it", 0, false, false);
            return new(ImageSet.Resized(image.Pixels, image.Width, side), null, image.Width, IsGrey(image.Pixels), decoded.IsScaled);
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
        if (sizes.Length > 1) yield return $"{folder}: pictures of several sizes ({string.Join(", ", sizes.Select(size => $"{size.Count()} of {size.Key} px"))}), all brought to {side} px";
        else if (sizes is [{ } only] && only.Key != side) yield return $"{folder}: pictures of {only.Key} px, brought to the real images' {side} px";
        var grey = pictures.Count(picture => picture.IsGrey);
        if (grey > 0) yield return $"{folder}: {grey} of {pictures.Length} pictures are grey; their one channel stands for all three colours";
        var scaled = pictures.Count(picture => picture.IsScaled);
        if (scaled > 0) yield return $"{folder}: {scaled} of {pictures.Length} pictures have more than 8 bits a channel and were scaled to 8";
    }

    private readonly record struct Picture(byte[]? Pixels, string? Reason, int Side, bool IsGrey, bool IsScaled);
}
