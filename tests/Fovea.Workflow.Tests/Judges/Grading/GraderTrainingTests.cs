using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Judges.Grading;
using Fovea.Judges.Training;

namespace Fovea.Tests.Judges.Grading;

public sealed class GraderTrainingTests(QualityDataset data) : IClassFixture<QualityDataset>
{
    private static readonly JudgeOptions Tiny = new() { Steps = 6, Batch = 4, Width = 8 };

    [Fact]
    public void Run_InterruptedAndResumed_EndsBitIdentical()
    {
        var (whole, parts) = (data.NewFolder(), data.NewFolder());
        GraderTraining.Run(Request(whole), TestContext.Current.CancellationToken);
        using var source = new CancellationTokenSource();
        var stop = new StopAt(3, source);
        Assert.ThrowsAny<OperationCanceledException>(() => GraderTraining.Run(Request(parts) with { Progress = stop }, source.Token));
        GraderTraining.Run(Request(parts) with { Resume = true }, TestContext.Current.CancellationToken);
        Assert.Equal(Weights(whole), Weights(parts));
    }

    [Fact]
    public void Run_Confusion_CountsTheHeldOutImages()
    {
        var confusion = GraderTraining.Run(Request(data.NewFolder()), TestContext.Current.CancellationToken);
        using var dataset = ImageDataset.Open(data.Dataset);
        Assert.Equal(dataset.IndicesOf(Split.Val).Count, confusion.Total);
        Assert.InRange(confusion.BinaryError, 0, 1);
    }

    [Fact]
    public void Run_EnoughSteps_TellsTheTrainingFaultsApart()
    {
        // The phantom's rejects are plain; a network that learns at all has them after a few dozen small steps.
        var folder = data.NewFolder();
        GraderTraining.Run(Request(folder) with { Options = Tiny with { Steps = 120, Batch = 16 } }, TestContext.Current.CancellationToken);
        using var grader = GraderFile.Load(Path.Combine(folder, GraderTraining.WeightsName));
        using var dataset = ImageDataset.Open(data.Dataset);
        var images = QualityLabels.Of(dataset, Split.Train);
        var verdicts = grader.Grade([.. images.Select(image => dataset.GetImage(image.Index).ToArray())], TestContext.Current.CancellationToken);
        double Mean(bool rejected) => images.Zip(verdicts).Where(pair => pair.First.Grade == QualityGrade.Reject == rejected)
            .Average(pair => pair.Second.Reject);
        Assert.True(Mean(true) > Mean(false) + 0.2, $"P(reject) of rejects {Mean(true)}, of others {Mean(false)}");
        Assert.All(verdicts, verdict => Assert.Equal(1, verdict.Good + verdict.Usable + verdict.Reject, 1e-5));
    }

    [Fact]
    public void Run_OtherSettings_AreNotResumed()
    {
        var folder = data.NewFolder();
        GraderTraining.Run(Request(folder), TestContext.Current.CancellationToken);
        var other = Request(folder) with { Resume = true, Options = Tiny with { Seed = 1 } };
        Assert.Contains(
            "other settings", Assert.Throws<InputException>(() => GraderTraining.Run(other, TestContext.Current.CancellationToken))
                .Message, StringComparison.Ordinal);
        Assert.Contains(
            "Resume", Assert.Throws<InputException>(() => GraderTraining.Run(Request(folder), TestContext.Current.CancellationToken))
                .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ClassesThatAreNoQualities_AreNamed()
    {
        var folder = data.NewFolder();
        PhantomDataset.Write(new PhantomOptions { Folder = folder, Count = 24, Size = 32, Threads = 1 }, cancellation: TestContext.Current.CancellationToken);
        var refusal = Assert.Throws<InputException>(
            () => GraderTraining.Run(Request(data.NewFolder()) with { Dataset = folder }, TestContext.Current.CancellationToken));
        Assert.Contains("is no image quality; allowed: good, usable, reject, bad", refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, GraderTraining.WeightsName));

    private GraderRequest Request(string folder) => new() { Dataset = data.Dataset, Output = folder, Options = Tiny };

    private sealed class StopAt(long step, CancellationTokenSource source) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value)
        {
            if (value.Done == step) source.Cancel();
        }
    }
}
