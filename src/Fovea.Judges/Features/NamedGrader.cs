using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features.Onnx;
using Fovea.Judges.Grading;
using Fovea.Judges.Provenance;
using Fovea.Torch.Runtime;

namespace Fovea.Judges.Features;

/// <summary>A grader with what a report says of it.</summary>
public sealed class NamedGrader : IDisposable
{
    private readonly GraderMetadata? _metadata;

    private NamedGrader(IQualityGrader grader, string name, string path, GraderMetadata? metadata)
    {
        (Grader, Name, Hash, _metadata) = (grader, name, HashOf(path), metadata);
    }

    /// <summary>The grader.</summary>
    public IQualityGrader Grader { get; }

    /// <summary>Its shipped name or its file.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its file.</summary>
    public string Hash { get; }

    /// <summary>How it did on held-out photographs; null when its file does not say.</summary>
    public GraderConfusion? Confusion => _metadata?.Confusion;

    /// <summary>Opens a grader.</summary>
    /// <param name="name">A shipped name, safetensors, or an ONNX file; null for the shipped one of the images' size.</param>
    /// <param name="side">Side of the images in pixels.</param>
    /// <param name="threads">Threads of an ONNX network, which runs on the CPU; 0 for all cores.</param>
    /// <param name="compute">Gives the device of the others; the CPU when null.</param>
    /// <exception cref="InputException">There is no such grader, or the file holds something else.</exception>
    public static NamedGrader Open(string? name, int side, int threads = 0, ComputeContext? compute = null)
    {
        var path = PathOf(name, side);
        var shown = path == name ? name : Path.GetFileNameWithoutExtension(path);
        if (OnnxNetwork.IsMeantBy(path)) return new(OnnxGrader.Load(path, threads), shown, path, null);
        var grader = GraderFile.Load(path, compute);
        return new(grader, shown, path, grader.Metadata);
    }

    /// <summary>SHA-256 of a grader's file, and of what stands beside an ONNX file; named as for <see cref="Open"/>.</summary>
    /// <param name="name">As there.</param>
    /// <param name="side">As there.</param>
    /// <exception cref="InputException">There is no such grader.</exception>
    public static string HashOf(string? name, int side) => HashOf(PathOf(name, side));

    private static string HashOf(string path) => OnnxNetwork.IsMeantBy(path) ? OnnxNetwork.HashOf(path) : FileHash.Compute(path);

    /// <summary>
    /// Whether it knows none of the images and patients that a generator was trained on, and how that was found; null when it cannot be told.
    /// </summary>
    /// <param name="training">The generator's dataset; null when it is not known.</param>
    public (bool? IsOutside, string Reason) OutsideOf(ImageDataset? training)
    {
        if (training is null) return (null, "the generator's training images are not known");
        if (_metadata?.Traces is not { } traces) return (null, "the grader's file does not say what it was trained on");
        var learnt = ImageTraces.Read(training, training.IndicesOf(Split.Train));
        if (learnt.Images + learnt.Patients == 0) return (null, "the generator's dataset names neither source files nor patients");
        var (images, patients) = traces.Overlap(learnt);
        return images + patients == 0
            ? (
                true,
                $"none of its {traces.Images} training images and {traces.Patients} patients is in the generator's training images, "
                    + $"by hashes of files and patients' names")
            : (
                false,
                $"{images} of its {traces.Images} training images and {patients} of its {traces.Patients} patients are in "
                    + $"the generator's training images too");
    }

    // A file of that name goes first: what is named may always be a file.
    private static string PathOf(string? name, int side)
    {
        if (name is null)
        {
            return ShippedJudges.Grader(side)
                ?? throw new InputException($"the shipped graders are missing from the program's folder; name one with {new NamedInput("Grader")}");
        }

        return File.Exists(name) ? name
            : ShippedJudges.GraderNamed(name)
            ?? throw new InputException(
                $"{new NamedInput("Grader")} {name}: no such file or grader; allowed: {string.Join(", ", ShippedJudges.Graders)}, "
                    + $"FILE.safetensors, FILE.onnx");
    }

    /// <inheritdoc />
    public void Dispose() => Grader.Dispose();
}
