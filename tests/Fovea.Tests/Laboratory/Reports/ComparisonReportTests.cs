using System.Buffers.Binary;
using Fovea.Laboratory.Reports;
using Fovea.Laboratory.Results;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class ComparisonReportTests(ReportFolder report) : IClassFixture<ReportFolder>
{
    [Fact]
    public void Write_LeavesTheFilesThatItNames()
    {
        string[] expected =
        [
            "comparison.csv", "gradients.csv", "decay.csv", "comparison.json", "trade-off.png", "gradients.png", "entanglement.png", "entropy.png", "noise.png",
            "cost.png", "index.html",
        ];
        Assert.Equal(expected, report.Files);
        Assert.All(expected, file => Assert.True(new FileInfo(report.PathOf(file)).Length > 0, file));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(report.PathOf("x"))!, "*.partial"));
    }

    [Fact]
    public void Charts_ArePicturesOfSensibleSize()
    {
        foreach (var file in report.Files.Where(file => file.EndsWith(".png", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(report.PathOf(file));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a], bytes[..8]);
            Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), 1500, 4000);
            Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)), 500, 4000);
            Assert.InRange(bytes.Length, 20_000, 1_000_000);
        }
    }

    [Fact]
    public void Write_OfNothingIsRefused() =>
        Assert.Throws<ArgumentException>(() => ComparisonReport.Write(new([], [], "Y", false, 1, 0), Path.GetTempPath()));

    [Fact]
    public void Write_TakesOneAnalysisWithoutAnyFigureToPlot()
    {
        var cell = Samples.Analysis("strongly-entangling", 2, 1);
        var dead = cell.Gradients with { LivePairs = Estimate.Exact(0), AllPairs = Estimate.Exact(0) };
        var comparison = new AnsatzComparison([cell with { Gradients = dead, Resilience = [], Expressibility = null, Spectrum = null }], [], "Y", false, 1, 0);
        using var single = ReportFolder.Of(comparison);
        Assert.Contains("One ansatz: n = 2, L = 1", single.Text("index.html"), StringComparison.Ordinal);
        Assert.Contains("No place here: strongly-entangling", single.Text("index.html"), StringComparison.Ordinal);
        Assert.Equal(11, single.Files.Count);
    }
}
