using Fovea.Evaluation.Images;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Tests.Evaluation.Images;

namespace Fovea.Tests.Evaluation.Parts;

/// <summary>Generated images that come in classes: what a classifier learns from them, and whether they show what was asked for.</summary>
public sealed class ClassesTests(PhantomImages images)
{
    [Fact]
    public void Run_FoldersOfClasses_MeasureDownstreamUse()
    {
        var (source, folder) = (images.Generated(60), images.New());
        using (var dataset = ImageDataset.Open(images.Dataset))
            foreach (var name in dataset.ClassNames) Directory.CreateDirectory(Path.Combine(folder, name));
        var classes = Directory.GetDirectories(folder).Order().ToArray();
        foreach (var (file, k) in Directory.GetFiles(source).Order().Select((file, k) => (file, k)))
        {
            File.Move(
                file, Path.Combine(classes[k % classes.Length], Path.GetFileName(file)));
        }

        var result = Run(images.Request(folder));
        var judgement = result.Downstream;
        Assert.NotNull(judgement);
        // Classes that were given by turns are not followed, which held-out images tell beside them.
        Assert.Equal((60, 30), (result.Classes!.Generated.Counts.Sum(row => row.Sum()), result.Classes.Real.Counts.Sum(row => row.Sum())));
        Assert.All(result.Classes.Generated.Counts, row => Assert.Equal(20, row.Sum()));
        Assert.True(result.Classes.Generated.BalancedAccuracy.Interval!.Value.Contains(result.Classes.Chance));
        Assert.Equal([("real", 60), ("generated", 60), ("both", 120)], judgement.Rows.Select(row => (row.TrainedOn, row.Images)));
        Assert.All(judgement.Rows, row => Assert.True(row.BalancedAccuracy.Interval!.Value.Contains(row.BalancedAccuracy.Value)));
    }

    // Training images under their own names are seen as what they are.
    [Fact]
    public void Run_ImagesOfTheClassAskedFor_FollowIt()
    {
        var folder = images.New();
        using (var dataset = ImageDataset.Open(images.Dataset))
        {
            foreach (var index in dataset.IndicesOf(Split.Train).Take(90))
            {
                var of = Directory.CreateDirectory(Path.Combine(folder, dataset.ClassNames[dataset.Entries[index].Label!.Value])).FullName;
                PhantomImages.Write(of, index, dataset.GetImage(index).ToArray(), PhantomImages.Side);
            }
        }

        var classes = Run(images.Request(folder) with { DownstreamSteps = 0 }).Classes!;
        Assert.True(classes.Generated.BalancedAccuracy.Value > 0.6, $"{classes.Generated.BalancedAccuracy.Value}");
        Assert.True(classes.Generated.BalancedAccuracy.Interval!.Value.Low > classes.Chance);
        Assert.True(classes.Generated.RankCorrelation > 0.5);
    }

    [Fact]
    public void Run_TableOfClasses_NamesThemWhateverTheFoldersAreCalled()
    {
        var (source, folder) = (images.Generated(60), images.New());
        string[] classes = ["Good ", "usable", "REJECT", "blurred"];
        List<(string File, string Class)> rows = [];
        foreach (var (k, file) in Directory.GetFiles(source).Order(StringComparer.Ordinal).Index())
        {
            var inner = Directory.CreateDirectory(Path.Combine(folder, $"class-{k % classes.Length}")).FullName;
            File.Move(file, Path.Combine(inner, Path.GetFileName(file)));
            rows.Add(($"class-{k % classes.Length}/{Path.GetFileName(file)}", classes[k % classes.Length]));
        }

        ClassFiles.Write(folder, rows);
        var result = Run(images.Request(folder));
        Assert.Equal([("real", 45), ("generated", 45), ("both", 90)], result.Downstream!.Rows.Select(row => (row.TrainedOn, row.Images)));
        Assert.Contains(result.Warnings, warning => warning.Contains("left out of downstream use: 'blurred' (15)", StringComparison.Ordinal));
    }

    private static EvaluationResult Run(EvaluationRequest request) => Evaluator.Run(request, TestContext.Current.CancellationToken);
}
