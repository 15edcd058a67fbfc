using Fovea.Imaging.Datasets;
using Fovea.Training.DeviceNoise;

namespace Fovea.Tests.Training.DeviceNoise;

public sealed class SweepReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-sweep-").FullName;

    [Fact]
    public void Write_DeviceWithACommaInItsName_KeepsItInOneCell()
    {
        LevelResult[] results = [Result("noiseless", null, 0, null), Result("mine, \"cold\"-x0.5", "mine, \"cold\"", 0.5, 31.25)];
        SweepReport.Write(SweepFolder.Open(_folder, []), [], results, side: 8);
        using var table = new StreamReader(Path.Combine(_folder, "noise.csv"));
        string[][] rows = [.. CsvReader.Read(table)];
        Assert.All(rows, row => Assert.Equal(15, row.Length));
        Assert.Equal(["noiseless", "", "0", "2", "0.5000", "", "1.2500", "0.1250"], rows[1][..8]);
        Assert.Equal(["mine, \"cold\"-x0.5", "mine, \"cold\"", "0.5", "2", "0.5000", "31.250"], rows[2][..6]);
        Assert.Equal(["1.250000", "0.125000", "1.25000", "0.12500", "1.25000", "0.12500", "3.0"], rows[2][8..]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static LevelResult Result(string name, string? profile, double scale, double? psnr)
    {
        var mean = new MeanInterval(1.25, 0.125);
        return new(name, profile, scale, 2, 0.5, psnr, mean, mean, mean, mean, [], 3);
    }
}
