using Fovea.Imaging.Datasets;
using Fovea.Judges.Provenance;

namespace Fovea.Tests.Judges.Provenance;

public sealed class ImageTracesTests(QualityDataset data) : IClassFixture<QualityDataset>
{
    [Fact]
    public void Overlap_CountsWhatBothKnow()
    {
        using var dataset = ImageDataset.Open(data.Dataset);
        // Two images a person, and phantoms have no source file.
        var (first, second) = (ImageTraces.Read(dataset, Enumerable.Range(0, 6)), ImageTraces.Read(dataset, Enumerable.Range(3, 5)));
        Assert.Equal((0, 3), (first.Images, first.Patients));
        Assert.Equal((0, 2), first.Overlap(second));
        var read = ImageTraces.FromMetadata(first.ToMetadata())!;
        Assert.Equal((0, 3), read.Overlap(first));
        Assert.Equal(first.ToMetadata(), read.ToMetadata());
    }

    [Fact]
    public void FromMetadata_NoneAndDamaged()
    {
        Assert.Null(ImageTraces.FromMetadata(new Dictionary<string, string>()));
        Assert.Throws<FormatException>(
            () => ImageTraces.FromMetadata(new Dictionary<string, string> { ["fovea.traces.images"] = "x", ["fovea.traces.patients"] = "" }));
    }
}
