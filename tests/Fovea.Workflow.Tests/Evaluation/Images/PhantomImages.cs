using System.Collections.Concurrent;
using Fovea.Core.Random;
using Fovea.Evaluation.Images;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Judges.Training;

[assembly: AssemblyFixture(typeof(Fovea.Tests.Evaluation.Images.PhantomImages))]

namespace Fovea.Tests.Evaluation.Images;

/// <summary>A phantom dataset with quality classes, which no test changes, and folders of images beside it, each of one test.</summary>
public sealed class PhantomImages : IDisposable
{
    /// <summary>Side of the images.</summary>
    internal const int Side = 64;

    private const ulong OtherPersons = 77;
    private readonly ConcurrentDictionary<(int Person, int Side), byte[]> _others = [];
    private readonly string _root = Directory.CreateTempSubdirectory("fovea-evaluate-").FullName;

    public PhantomImages()
    {
        PhantomDataset.Write(new PhantomOptions { Folder = Dataset, Count = 300, Size = Side, Label = PhantomLabel.Quality });
        var others = New();
        PhantomDataset.Write(new PhantomOptions { Folder = others, Count = 40, Size = Side, Label = PhantomLabel.Quality, Seed = 9 });
        var trained = New();
        GraderTraining.Run(new GraderRequest { Dataset = others, Output = trained, Options = new() { Steps = 1, Batch = 2, Width = 8 } });
        Grader = Path.Combine(trained, GraderTraining.WeightsName);
    }

    /// <summary>The dataset; a tenth of it is held out.</summary>
    public string Dataset => Path.Combine(_root, "real");

    /// <summary>A name that is not in use.</summary>
    public string New() => Path.Combine(_root, Guid.NewGuid().ToString("N"));

    /// <summary>A folder of images of other persons: a generator that makes no mistake.</summary>
    public string Generated(int count, int side = Side)
    {
        var folder = Directory.CreateDirectory(New()).FullName;
        for (var k = 0; k < count; k++)
        {
            var picture = _others.GetOrAdd((k, side), of => PhantomRenderer.Render(PhantomParameters.Sample(OtherPersons, of.Person), of.Side));
            Write(folder, k, picture, side);
        }

        return folder;
    }

    /// <summary>Puts training images, with a grey level of noise, in place of a folder's first images.</summary>
    public void PlantCopies(string folder, int count)
    {
        using var dataset = ImageDataset.Open(Dataset);
        var training = dataset.IndicesOf(Split.Train);
        for (var k = 0; k < count; k++)
        {
            var random = new CounterRandom(5, (ulong)k);
            Write(folder, k, [.. dataset.GetImage(training[3 * k]).ToArray().Select(pixel => (byte)Math.Clamp(pixel + random.NextInt(3) - 1, 0, 255))], Side);
        }
    }

    /// <summary>Features of images that several tests look at, above all the dataset's: measured once for all of them.</summary>
    public string Cache => Path.Combine(_root, "cache");

    /// <summary>A grader that knows nothing, and is quick.</summary>
    public string Grader { get; }

    /// <summary>An evaluation that is quick.</summary>
    public EvaluationRequest Request(string generated) =>
        new()
        {
            Real = Dataset,
            Generated = generated,
            Output = New(),
            Replicates = 10,
            SimilarityPairs = 100,
            DownstreamSteps = 3,
            TwoSampleSteps = 0,
            Grader = Grader,
            Cache = Cache,
        };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    internal static void Write(string folder, int index, byte[] pixels, int side) => PngFile.Write(Path.Combine(folder, $"{index:D6}.png"), pixels, side, side);
}
