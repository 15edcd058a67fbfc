using System.Security.Cryptography;
using System.Text;
using Fovea.Imaging.Datasets;

namespace Fovea.Judges.Provenance;

/// <summary>
/// Which images and patients a judge has learnt from, as short hashes, so that a report can say whether it judges what it has seen. Hashes of
/// patients' names are no anonymity: who knows the names can find them again.
/// </summary>
public sealed class ImageTraces
{
    private const string ImagesKey = "fovea.traces.images";
    private const string PatientsKey = "fovea.traces.patients";
    private const int Digits = 16;
    private readonly SortedSet<string> _images;
    private readonly SortedSet<string> _patients;

    private ImageTraces(IEnumerable<string> images, IEnumerable<string> patients) =>
        (_images, _patients) = (new(images, StringComparer.Ordinal), new(patients, StringComparer.Ordinal));

    /// <summary>Number of different images whose source file is known.</summary>
    public int Images => _images.Count;

    /// <summary>Number of different patients.</summary>
    public int Patients => _patients.Count;

    /// <summary>
    /// The traces of some of a dataset's images: the first 16 hexadecimal digits of the source file's SHA-256, and of that of "patient:" and the
    /// patient's name. Images without a source file, and without a known patient, leave none.
    /// </summary>
    public static ImageTraces Read(ImageDataset dataset, IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ManifestEntry[] entries = [.. indices.Select(index => dataset.Entries[index])];
        return new(
            entries.Where(entry => entry.Sha256.Length >= Digits).Select(entry => entry.Sha256[..Digits]),
            entries.Where(entry => entry.Patient.Length > 0).Select(entry => OfPatient(entry.Patient)));
    }

    /// <summary>The traces in a file's metadata; null when it holds none.</summary>
    /// <exception cref="FormatException">They are damaged.</exception>
    public static ImageTraces? FromMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.TryGetValue(ImagesKey, out var images) && metadata.TryGetValue(PatientsKey, out var patients)
            ? new(Split(images), Split(patients))
            : null;
    }

    /// <summary>Two entries of metadata: sorted hashes, joined by spaces.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata() =>
        new Dictionary<string, string> { [ImagesKey] = string.Join(' ', _images), [PatientsKey] = string.Join(' ', _patients) };

    /// <summary>How many images and patients both know.</summary>
    public (int Images, int Patients) Overlap(ImageTraces other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (_images.Count(other._images.Contains), _patients.Count(other._patients.Contains));
    }

    private static string OfPatient(string patient) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("patient:" + patient)))[..Digits];

    private static string[] Split(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.All(part => part.Length == Digits && part.All(char.IsAsciiHexDigitLower))
            ? parts
            : throw new FormatException("the traces of images are no hashes");
    }
}
