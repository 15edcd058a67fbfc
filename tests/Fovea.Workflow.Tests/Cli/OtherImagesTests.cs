using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Cli;

/// <summary>Images of other kinds than photographs of the retina go all the way, and nothing that is said or written speaks of retinas.</summary>
public sealed partial class OtherImagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-others-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Like BloodMNIST: [n, 28, 28, 3], one of three classes; each picture one dark cell on a pale ground.</summary>
    [Fact]
    public void Npz_ColourImagesOfOneClass_TrainSampleEvaluate()
    {
        var file = Path.Combine(_folder, "blood.npz");
        Write(file, channels: 3, labels: image => [(byte)(image % 3)]);
        var dataset = PrepareToEvaluate(file, "--framing", "object");
        Assert.Equal(["0", "1", "2"], dataset.Classes);
        Assert.Equal("object", dataset.Framing);
    }

    /// <summary>Like ChestMNIST: [n, 28, 28], grey, several labels of 0 and 1.</summary>
    [Fact]
    public void Npz_GreyImagesOfSeveralLabels_TrainSampleEvaluate()
    {
        var file = Path.Combine(_folder, "chest.npz");
        Write(file, channels: 1, labels: image => [(byte)(image & 1), (byte)(image >> 1 & 1)]);
        var dataset = PrepareToEvaluate(file);
        Assert.Equal(["label-00", "label-01", "negative"], dataset.Classes);
        Assert.Equal("whole", dataset.Framing);
    }

    private (IReadOnlyList<string> Classes, string Framing) PrepareToEvaluate(string file, params string[] framing)
    {
        var (data, run, samples, judged) = (At("data"), At("run"), At("samples"), At("judged"));
        StringBuilder said = new();
        Say(["prepare", file, "--out", data, "--size", "32", "--threads", "1", .. framing]);
        Say(["train", "demo", "--data", data, "--out", run, .. PhantomPair.Tiny, .. PhantomPair.Set("quantum.enabled=false")]);
        Say(["sample", run, "--count", "20", "--out", samples]);
        var evaluated = Say(
            [
                "evaluate", "--real", data, "--generated", samples, "--reconstruct", run, "--out", judged, "--half-samples",
                "10", "--two-sample-steps", "2", "--threads", "1", "--cache", At("cache"), "--json",
            ]);
        Assert.Equal(File.ReadAllText(Path.Combine(judged, "report.json")), evaluated.Output);
        Assert.Contains("report: ", evaluated.Error, StringComparison.Ordinal);
        Assert.Contains("pixels", said.ToString(), StringComparison.Ordinal);
        foreach (var path in
                Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
                    .Where(path => Path.GetExtension(path) is ".json" or ".jsonl" or ".csv" or ".toml" or ".html"))
        {
            said.AppendLine(path).AppendLine(Picture().Replace(File.ReadAllText(path), ""));
        }

        var words = Words().Matches(said.ToString())
            .Select(word => said.ToString(Math.Max(0, word.Index - 60), Math.Min(120, said.Length - Math.Max(0, word.Index - 60))));
        Assert.True(!words.Any(), string.Join("\n---\n", words));
        using var dataset = ImageDataset.Open(data);
        return (dataset.ClassNames, Fovea.Imaging.Framing.Framings.ToName(dataset.Framing));

        FoveaResult Say(string[] arguments)
        {
            var result = FoveaCommand.Run(arguments);
            result.AssertSuccess();
            said.AppendLine(result.Output).AppendLine(result.Error);
            return result;
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>36 training and 24 validation images of 28 px: a dark blob of another place, size and shade each.</summary>
    private static void Write(string file, int channels, Func<int, byte[]> labels)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach (var (split, first, count) in new[] { ("train", 0, 36), ("val", 36, 24) })
        {
            var images = Enumerable.Range(first, count);
            Add(zip, split + "_images.npy", channels == 3 ? [count, 28, 28, 3] : [count, 28, 28], [.. images.SelectMany(image => Draw(image, channels))]);
            Add(zip, split + "_labels.npy", [count, labels(0).Length], [.. images.SelectMany(labels)]);
        }
    }

    private static IEnumerable<byte> Draw(int image, int channels)
    {
        var (x, y, radius) = (10 + image * 5 % 8, 10 + image * 3 % 9, 4 + image % 5);
        for (var i = 0; i < 28 * 28; i++)
        {
            var inside = double.Hypot(i % 28 - x, i / 28 - y) < radius;
            for (var c = 0; c < channels; c++) yield return (byte)(inside ? 40 + image * (c + 1) % 90 + (i % 28 * (image % 4)) : 225 - 15 * c);
        }
    }

    private static void Add(ZipArchive zip, string name, long[] shape, byte[] data)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(NpyHeader.Encode("|u1", shape));
        stream.Write(data);
    }

    [GeneratedRegex("fundus|retina|vessel|photograph of an eye|ophthalm|grader", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex("data:[a-z]+/[a-z+0-9.-]+;base64,[A-Za-z0-9+/=]+")]
    private static partial Regex Picture();
}
