using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Judges.Features.Fundus;
using Fovea.Judges.Training;

namespace Fovea.Tests.Judges.Features;

public sealed class FundusTrainingTests(QualityDataset data) : IClassFixture<QualityDataset>
{
    private static readonly JudgeOptions Tiny = new() { Steps = 4, Batch = 4, Width = 8 };

    [Fact]
    public void Run_InterruptedAndResumed_EndsBitIdentical()
    {
        var (whole, parts) = (data.NewFolder(), data.NewFolder());
        var accuracy = FundusTraining.Run(Request(whole), TestContext.Current.CancellationToken);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => FundusTraining.Run(Request(parts) with { Progress = new StopAt(2, source) }, source.Token));
        FundusTraining.Run(Request(parts) with { Resume = true }, TestContext.Current.CancellationToken);
        foreach (var name in new[] { FundusTraining.WeightsName, FundusTraining.HalfWeightsName, FundusTraining.AccuracyName })
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, name)), File.ReadAllBytes(Path.Combine(parts, name)));
        using var dataset = ImageDataset.Open(data.Dataset);
        Assert.Equal(["quality", "dr_grade", "eye"], accuracy.Tasks.Select(task => task.Task));
        Assert.All(accuracy.Tasks, task => Assert.Equal(dataset.IndicesOf(Split.Val).Count, task.Images));
        Assert.All(accuracy.Tasks, task => Assert.True(task.Interval.Contains(task.Value)));
        using var net = FundusNet.Load(Path.Combine(whole, FundusTraining.WeightsName));
        Assert.Equal((32, 256, true), (net.Description.Side, net.Description.Dimensions, net.Training.Judge.IsFinished));
        Assert.Equal(dataset.IndicesOf(Split.Train).Select(i => dataset.Entries[i].Patient).Distinct().Count(), net.Training.Judge.Traces!.Patients);
        Assert.Throws<ArgumentException>(() => net.Extract([new byte[12]], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Run_OtherLabels_AreNotResumed()
    {
        var folder = data.NewFolder();
        FundusTraining.Run(Request(folder) with { Options = Tiny with { Steps = 1 } }, TestContext.Current.CancellationToken);
        var table = data.NewFolder() + ".csv";
        File.WriteAllText(table, File.ReadAllText(Request(folder).Labels) + "9,elsewhere,left,0,good,none,0,true,45\n");
        var other = Request(folder) with { Resume = true, Labels = table, Options = Tiny with { Steps = 1 } };
        Assert.Contains(
            "other settings", Assert.Throws<InputException>(() => FundusTraining.Run(other, TestContext.Current.CancellationToken))
                .Message, StringComparison.Ordinal);
    }

    private FundusRequest Request(string folder) => new()
    {
        Dataset = data.Dataset,
        Labels = Path.Combine(data.Dataset, PhantomDataset.TableName),
        Output = folder,
        Options = Tiny,
    };

    private sealed class StopAt(long step, CancellationTokenSource source) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value)
        {
            if (value.Done == step) source.Cancel();
        }
    }
}
