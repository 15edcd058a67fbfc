using BenchmarkDotNet.Attributes;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Preparation;
using NetVips;

namespace Fovea.Benchmarks.Preparation;

/// <summary>
/// Preparing photographs, one thread, against libvips' thumbnail of the same files: what finding the retina, cropping, hashing
/// and writing cost beside the bare decoding and shrinking. The figures are per photograph.
/// </summary>
[MemoryDiagnoser]
public class PhotographRates
{
    private const int Photographs = 16;
    private const int Size = 64;
    private string _folder = "";
    private string[] _files = [];

    /// <summary>Side of the source pictures in pixels.</summary>
    [Params(512)]
    public int Source { get; set; }

    [GlobalSetup]
    public void Draw()
    {
        _folder = Directory.CreateTempSubdirectory("fovea-benchmark-").FullName;
        var source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;
        for (var i = 0; i < Photographs; i++)
            PngFile.Write(Path.Combine(source, $"{i:D2}.png"), PhantomRenderer.Render(PhantomParameters.Sample(1, i), Source), Source, Source);
        _files = Directory.GetFiles(source);
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true, OperationsPerInvoke = Photographs)]
    public long Thumbnail()
    {
        var bytes = 0L;
        foreach (var file in _files)
        {
            using var image = Image.Thumbnail(file, Size);
            bytes += image.WriteToMemory<byte>().Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Photographs)]
    public int Prepare() => DatasetPreparation.Run(new PrepareOptions
    {
        Source = Path.Combine(_folder, "source"),
        Output = Path.Combine(_folder, "dataset"),
        Size = Size,
        Threads = 1,
        Force = true,
    }).Count;
}
