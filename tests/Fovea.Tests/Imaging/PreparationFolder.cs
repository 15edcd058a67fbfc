using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging;

/// <summary>Pictures and label tables to prepare, in a folder for one test.</summary>
internal sealed class PreparationFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PrepareOptions Options => new() { Source = Path.Combine(_folder.Path, "in"), Output = Path.Combine(_folder.Path, "out") };

    public string File(string name) => _folder.File(name);

    public static RgbImage Picture(int i) => new SyntheticFundus { Seed = (ulong)i + 100 }.Draw();

    /// <summary>Writes pictures <paramref name="numbers"/> under their numbers.</summary>
    public void Add(IEnumerable<int> numbers, string folder = "in")
    {
        foreach (var i in numbers) System.IO.File.WriteAllBytes(File($"{folder}/{i}.png"), Picture(i).ToPng());
    }

    public string Table(string text, string name = "labels.csv")
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Prepares and gives the report with the files that are in the dataset.</summary>
    public static (PreparationReport Report, string[] Files) Prepare(PrepareOptions options)
    {
        var report = DatasetPreparation.Run(options, cancellation: TestContext.Current.CancellationToken);
        using var dataset = ImageDataset.Open(options.Output);
        dataset.VerifyContent(TestContext.Current.CancellationToken);
        return (report, [.. dataset.Entries.Select(entry => entry.File)]);
    }

    public static void AssertFails(PrepareOptions options, params string[] words)
    {
        var failure = Assert.Throws<InputException>(() => DatasetPreparation.Run(options, cancellation: TestContext.Current.CancellationToken));
        Assert.All(words, word => Assert.Contains(word, failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(Directory.Exists(options.Output));
        Assert.False(Directory.Exists(options.Output + ".partial"));
    }

    public void Dispose() => _folder.Dispose();
}
