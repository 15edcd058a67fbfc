using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Preparation;
using Fovea.Imaging.Retina;

namespace Fovea.Tests.Imaging.Retina;

[Trait("Needs", "outside")]
public class PhotographTests
{
    [Theory]
    [InlineData("idrid_001.jpg", DiscKind.Truncated, 1999, 1416, 1717)]
    [InlineData("idrid_342.jpg", DiscKind.Truncated, 1980, 1421, 1714)]
    [InlineData("automorph_1.png", DiscKind.Circle, 1229, 807, 802)]
    [InlineData("automorph_100.png", DiscKind.Circle, 1237, 808, 806)]
    public void Find_CameraPhotograph_IsWhereItWasSeen(string file, DiscKind kind, double x, double y, double radius)
    {
        var bytes = File.ReadAllBytes(Path.Combine(SharedPhotographs.Folder("raw"), file));
        foreach (var size in new[] { 64, 256 })
        {
            var decoded = ImageDecoder.Decode(bytes, 2 * size);
            var disc = DiscFinder.Find(decoded.Image).Scale(decoded.Shrink).Disc;
            // One percent of the radius: the border is soft over that much, and the pixels are up to 22 source pixels wide.
            Assert.Equal(kind, disc.Kind);
            Assert.Equal(x, disc.CentreX, 0.01 * radius);
            Assert.Equal(y, disc.CentreY, 0.01 * radius);
            Assert.Equal(radius, disc.Radius, 0.01 * radius);
        }
    }

    [Fact]
    public void Find_CroppedPhotographs_AgreesWithTheirManifest()
    {
        var folder = SharedPhotographs.Folder("fundus");
        using var reader = new StreamReader(Path.Combine(folder, "manifest.csv"));
        var rows = CsvReader.Read(reader).ToList();
        var (file, geometry) = (Array.IndexOf(rows[0], "file"), Array.IndexOf(rows[0], "geom"));
        var (kinds, near, seen) = (0, 0, 0);
        for (var i = 1; i < rows.Count; i += 53)
        {
            if (rows[i][file].StartsWith("drimdb", StringComparison.Ordinal)) continue;
            var disc = DiscFinder.Find(ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, rows[i][file]))).Image).Disc;
            seen++;
            if (disc.Kind.ToName() == rows[i][geometry]) kinds++;
            if (Math.Abs(disc.CentreX - 128) < 5 && Math.Abs(disc.CentreY - 128) < 5 && Math.Abs(disc.Radius - 128) < 5) near++;
        }

        // They are cropped to the disc already, so the crop must hardly move. Of all of them 95 % and 98 % were measured.
        Assert.InRange(kinds, 0.9 * seen, seen);
        Assert.InRange(near, 0.95 * seen, seen);
    }

    [Fact]
    public void Run_CameraPhotographs_GivesOneImageEach()
    {
        var folder = SharedPhotographs.Folder("raw");
        using var temporary = new TemporaryFolder();
        var report = DatasetPreparation.Run(
            new PrepareOptions { Source = folder, Output = temporary.File("out"), Strict = true }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Directory.GetFiles(folder).Length, report.Count);
        using var dataset = ImageDataset.Open(report.Output);
        // The corners of a disc are black and its middle is red before blue.
        for (var i = 0; i < dataset.Count; i++)
        {
            var image = dataset.GetImage(i);
            Assert.True(image[0] + image[1] + image[2] < 12);
            Assert.True(image[(32 * 64 + 32) * 3] > image[(32 * 64 + 32) * 3 + 2]);
        }
    }
}
