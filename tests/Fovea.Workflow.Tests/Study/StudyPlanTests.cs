using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Imaging.Datasets;
using Fovea.Study.Cells;
using Fovea.Study.Planning;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Study;

/// <summary>Cells, their hashes and how they are shared out.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class StudyPlanTests(TinyStudy studies) : IClassFixture<TinyStudy>
{
    private const string Wide = "seeds = [0, 1, 2]\nsizes = [\"all\", 24, 0.5]";

    [Fact]
    public void Plan_ArmsSizesSeeds_AreNamedAndGrouped()
    {
        var plan = studies.Plan(Changed("seeds = [3]\nsizes = [24]", Wide).Replace("size = 24\n", "", StringComparison.Ordinal));
        Assert.Equal(["one-all-seed0", "two-all-seed0", "plain-all-seed0", "one-all-seed1"], plan.Cells.Take(4).Select(cell => cell.Name));
        Assert.Equal(27, plan.Cells.Select(cell => cell.Name).Distinct().Count());
        Assert.Equal((9, 27 * 6 + 9 * 4), (plan.Autoencoders, plan.Steps));
        Assert.Equal([180, 24, 90], plan.Cells.Select(cell => cell.Images).Distinct());
        Assert.Equal(6, plan.Cells.Count(cell => cell.HasNoise));
        Assert.True(plan.Sizes["one"] is { LayerParameters: > 0, DenoiserCircuits: > 0, AutoencoderCircuits: 0 });
        Assert.Equal(0, plan.Sizes["plain"].DenoiserCircuits);
        Assert.Contains(
            PlanText.Lines(plan, null, plan.Cells, plan.Cells, 1),
            line => line.Contains("27 cells = 3 arms × 3 training sizes × 3 seeds", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_TwoDevicesOfOneName_AreRefused()
    {
        using var folder = new TemporaryFolder();
        var copy = folder.File("copy.toml");
        File.WriteAllText(copy, DeviceProfileWriter.ToToml(ShippedProfiles.Load("trapped-ion")));
        var failure = Assert.Throws<InputException>(() => studies.Plan(Changed("profiles = [\"trapped-ion\"]", $"profiles = [\"trapped-ion\", '{copy}']")));
        Assert.Contains("both describe a device called trapped-ion", failure.Message, StringComparison.Ordinal);
    }

    // Found here, and not when everything is trained and no figure has the name.
    [Fact]
    public void Plan_ProtocolOfANetworkThatJudgesNothing_IsRefused()
    {
        string With(string primary) => TinyStudy.Study
            + $"\n[protocol]\nprimary = \"{primary}\"\nsmallest_difference = 0.1\nseeds = 2\n";
        var failure = Assert.Throws<InputException>(() => studies.Plan(With("frechet_distance:FundusNett")));
        Assert.Contains("allowed: frechet_distance:FundusNet", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(studies.Plan(With("frechet_distance:fundusnet")).Cells);
        Assert.NotEmpty(studies.Plan(With("frechet_distance")).Cells);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(40)]
    public void Holds_AllShards_PartitionTheCellsEvenly(int count)
    {
        var cells = studies.Plan(Changed("seeds = [3]\nsizes = [24]", Wide).Replace("size = 24\n", "", StringComparison.Ordinal)).Cells;
        var parts = Enumerable.Range(1, count).Select(number => cells.Where(new Shard(number, count).Holds).ToArray()).ToArray();
        Assert.Equal(cells.Select(cell => cell.Name).Order(), parts.SelectMany(part => part).Select(cell => cell.Name).Order());
        if (count <= 3) Assert.True(parts.Max(part => part.Length) - parts.Min(part => part.Length) <= 1);
        if (count == 3) Assert.All(parts, part => Assert.Equal(3, part.Select(cell => cell.Arm.Name).Distinct().Count()));
    }

    [Theory]
    [InlineData("3/2")]
    [InlineData("0/2")]
    [InlineData("1")]
    [InlineData("a/b")]
    public void Parse_NoShard_IsOneLine(string text) =>
        Assert.StartsWith($"Shard {text} is not allowed", Assert.Throws<InputException>(() => Shard.Parse(text)).Message, StringComparison.Ordinal);

    // What is changed; whether the autoencoder, the images and the result are others then.
    [Theory]
    [InlineData("seeds = [3]", "seeds = [3]\nset = [\"denoiser.training.steps=7\"]", false, true)]
    [InlineData("seeds = [3]", "seeds = [3]\nset = [\"autoencoder.training.steps=7\"]", true, true)]
    [InlineData("seeds = [3]", "seeds = [3]\nset = [\"sampling.steps=3\"]", false, true)]
    [InlineData("seeds = [3]", "seeds = [4]", true, true)]
    [InlineData("sizes = [24]", "sizes = [25]", true, true)]
    [InlineData("denoiser = \"quantum\"\n[[arms]]\nname = \"two\"", "denoiser = \"frozen\"\n[[arms]]\nname = \"two\"", false, true)]
    [InlineData("grid = 4", "grid = 4\nseed = 1", false, true)]
    [InlineData("grid = 4", "grid = 9", false, false)]
    [InlineData("half_samples = 10", "half_samples = 11", false, false)]
    [InlineData("grader.safetensors", "grader-128", false, false)]
    [InlineData("scales = [4]", "scales = [2]", false, false)]
    public void Plan_ChangedSetting_ChangesTheHashesThatDependOnIt(string from, string to, bool autoencoder, bool samples)
    {
        var (before, after) = (
            studies.Plan().Cells[0],
            studies.Plan(
                Changed(from, to).Replace(
                    "size = 24\n",
                    from.StartsWith("sizes", StringComparison.Ordinal) ? "size = 25\n" : "size = 24\n",
                    StringComparison.Ordinal)).Cells[0]);
        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
        Assert.Equal(samples, before.SampleKey != after.SampleKey);
        Assert.Equal(autoencoder, before.AutoencoderKey != after.AutoencoderKey);
    }

    [Fact]
    public void Plan_ThreadsAndCheckpoints_ChangeNothing()
    {
        var other = studies.Plan(Changed("seeds = [3]", "seeds = [3]\nset = [\"threads=2\", \"run.checkpoint_every=3\"]"));
        Assert.Equal(studies.Plan().Cells.Select(cell => cell.Fingerprint), other.Cells.Select(cell => cell.Fingerprint));
    }

    [Theory]
    [InlineData("sizes = [24]", "sizes = [24, 181]", "sizes holds 181, the dataset has 180 training images")]
    [InlineData("sizes = [24]", "sizes = [24, 90, 0.5]", "sizes 90 and 50pct are both 90 of 180 training images")]
    [InlineData(
        "[[arms]]\nname = \"plain\"",
        "[[arms]]\nname = \"plain\"\ndenoiser = \"quantum\"\nset = [\"quantum.denoiser=[\\\"down9\\\"]\"]",
        "arm 'plain': ")]
    [InlineData(
        "[[arms]]\nname = \"plain\"",
        "[[arms]]\nname = \"plain\"\ndenoiser = \"frozen\"\nset = [\"quantum.denoiser=[]\"]",
        "arm 'plain': denoiser = \"frozen\" has no place to stand at")]
    [InlineData("seeds = [3]", "seeds = [3]\nset = [\"size=64\"]", "its images are 32 px, the study's configuration wants size = 64")]
    [InlineData("trapped-ion", "trapped-iom", "study tiny: noise.profiles: device profile 'trapped-iom'")]
    [InlineData("seeds = [3]", "seeds = [3]\nset = [\"autoencoder.training.decoder_only=true\"]", "decoder_only = true needs a run whose encoder stays")]
    [InlineData("seeds = [3]", "seeds = [3]\nset = [\"denoiser.colour=1\"]", "unknown setting 'denoiser.colour'")]
    public void Plan_StudyThatDoesNotFit_IsOneLine(string from, string to, string told)
    {
        var failure = Assert.Throws<InputException>(() => studies.Plan(Changed(from, to)));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Choose_SmallerSubset_IsPartOfLargerOnesOfItsSeed()
    {
        int[] all = [.. Enumerable.Range(100, 180)];
        int[][] nested = [.. new[] { 5, 24, 90, 180 }.Select(count => TrainingSubset.Choose(all, 3, count))];
        for (var k = 1; k < nested.Length; k++) Assert.Subset(nested[k].ToHashSet(), nested[k - 1].ToHashSet());
        Assert.Equal([5, 24, 90, 180], nested.Select(subset => subset.Distinct().Count()));
        Assert.Equal(nested[1].Order(), nested[1]);
        Assert.NotEqual(nested[1], TrainingSubset.Choose(all, 4, 24));
    }

    [Fact]
    public void Write_Subset_KeepsOtherSplitsWhole()
    {
        using var folder = new TemporaryFolder();
        using var dataset = ImageDataset.Open(studies.Dataset);
        TrainingSubset.Write(dataset, folder.File("part"), 3, 24, TestContext.Current.CancellationToken);
        using var part = ImageDataset.Open(folder.File("part"));
        var expected = TrainingSubset.Choose(dataset.IndicesOf(Split.Train), 3, 24).Select(index => dataset.Entries[index].File);
        Assert.Equal(expected, part.IndicesOf(Split.Train).Select(index => part.Entries[index].File));
        Assert.Equal(
            dataset.IndicesOf(Split.Val).Select(index => dataset.Entries[index].File), part.IndicesOf(Split.Val).Select(index => part.Entries[index].File));
        var last = part.Entries[^1];
        Assert.True(part.GetImage(last.Index).SequenceEqual(dataset.GetImage(dataset.Entries.Single(entry => entry.File == last.File).Index)));
        Assert.Equal(dataset.ClassNames, part.ClassNames);
        Assert.True(TrainingSubset.IsThere(folder.File("part"), dataset, 24));
        Assert.False(TrainingSubset.IsThere(folder.File("part"), dataset, 25));
    }

    // The same images under masks that were drawn anew are other training data.
    [Fact]
    public void IsThere_SubsetWithMasksOfBefore_IsNot()
    {
        using var folder = new TemporaryFolder();
        using var dataset = ImageDataset.Open(studies.Dataset);
        TrainingSubset.Write(dataset, folder.File("part"), 3, 24, TestContext.Current.CancellationToken);
        using (var writer = new DatasetWriter(folder.File("other"), dataset.Size, force: false, dataset.Masks!.Names))
        {
            foreach (var entry in dataset.Entries)
                writer.Append(dataset.GetImage(entry.Index), entry, dataset.Masks[entry.Index].ToArray().Select(value => (byte)~value).ToArray());
            writer.Complete(new DatasetSummary { Source = dataset.Source, ClassNames = dataset.ClassNames });
        }

        using var other = ImageDataset.Open(folder.File("other"));
        Assert.Equal(dataset.ContentHash, other.ContentHash);
        Assert.False(TrainingSubset.IsThere(folder.File("part"), other, 24));
    }

    private static string Changed(string from, string to)
    {
        var text = TinyStudy.Study.Replace(from, to, StringComparison.Ordinal);
        return text != TinyStudy.Study ? text : throw new ArgumentException($"'{from}' is not in the study");
    }
}
