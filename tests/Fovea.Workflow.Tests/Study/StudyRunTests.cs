using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Study.Folders;
using Fovea.Study.Results;
using Fovea.Study.Running;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;

namespace Fovea.Tests.Study;

/// <summary>Cells from end to end: what interruption, pairing, repetition and failure do to results.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class StudyRunTests(TinyStudy studies) : IClassFixture<TinyStudy>
{
    private const string First = "one-24-seed3";

    [Fact]
    public void Execute_OneCell_KeepsEveryFigure()
    {
        var result = TinyStudy.Result(studies.FinishedFolder, First);
        Assert.Equal(("one", "24", 24, 3), (result.Arm, result.Size, result.TrainingImages, result.Seed));
        Assert.Equal(20, result.Gradability!.Generated.Length);
        Assert.All(result.Gradability!.Generated, bit => Assert.Contains(bit, "01"));
        Assert.Equal((20, 20), (result.Gradability!.Real.Total, result.Gradability.Reconstructed!.Total));
        Assert.Equal(["FundusNet", "pixels"], result.Copies.Select(copies => copies.Space));
        Assert.InRange(result.HeldOutLoss!.Value, result.HeldOutLoss.Low!.Value, result.HeldOutLoss.High!.Value);
        Assert.True(result.HeldOutLoss.Low < result.HeldOutLoss.High);
        Assert.Equal([("", 0.0), ("trapped-ion", 4.0)], result.Noise.Select(level => (level.Profile, level.Scale)));
        Assert.Equal(0, result.Noise[0].MeanChange);
        Assert.Equal(result.Gradability!.Generated, result.Noise[0].Gradable);
        Assert.Equal(result.Distances[0].Frechet, result.Noise[0].Distances[0].Frechet);
        Assert.Equal((4, 6, 1), (result.Costs.AutoencoderSteps, result.Costs.DenoiserSteps, result.Costs.Threads));
        Assert.True(result.Costs is { CircuitsEvaluated: > 0, LayerParameters: > 0, DenoiserSeconds: > 0, AutoencoderSeconds: > 0 });
        Assert.True(result.Circuits is { Displacement: > 0, Share: not null });
        Assert.True(File.Exists(Path.Combine(studies.FinishedFolder, "cells", First + ".png")));
        Assert.Empty(Directory.EnumerateFiles(studies.FinishedFolder, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void Execute_PlanOfATrainingThatConverges_IsMeasuredLikeAnyOther()
    {
        // It observes every step, also those that are measured beforehand.
        var study = TinyStudy.Study[..TinyStudy.Study.IndexOf("[noise]", StringComparison.Ordinal)].Replace(
            "seeds = [3]", "seeds = [3]\nset = [\"denoiser.training.convergence=0.1\", \"denoiser.training.patience=5\"]", StringComparison.Ordinal);
        var told = new List<string>();
        StudyRun.Execute(
            new StudyRequest
            {
                Source = studies.Source(study),
                Dataset = studies.Dataset,
                Output = studies.NewFolder(),
                Threads = 1,
                PlanOnly = true,
                Announce = told.Add,
            },
            TestContext.Current.CancellationToken);
        Assert.Contains(told, line => line.Contains("3 cells", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("denoiser", 3, false)]
    [InlineData("denoiser", 5, true)]
    public void Execute_Interrupted_GoesOnToTheSameResult(string stage, long step, bool kill)
    {
        var folder = studies.NewFolder();
        using var interruption = new Interruption(stage, step, kill);
        Assert.ThrowsAny<Exception>(() => studies.Run(folder, cell: First, progress: interruption, cancellation: interruption.Token));
        Assert.True(interruption.Happened);
        Assert.False(File.Exists(Path.Combine(folder, "cells", First + ".json")));
        var autoencoder = Directory.GetFiles(Path.Combine(folder, "work", "autoencoders"), "autoencoder.safetensors", SearchOption.AllDirectories).Single();
        var written = File.GetLastWriteTimeUtc(autoencoder);
        Assert.Equal(new StudyOutcome(1, 0, 0, 1), studies.Run(folder, cell: First));
        Assert.Equal(written, File.GetLastWriteTimeUtc(autoencoder));
        Assert.Equal(Figures(TinyStudy.Result(studies.FinishedFolder, First)), Figures(TinyStudy.Result(folder, First)));
    }

    [Fact]
    public void Execute_EqualArmsUnderTwoNames_GiveEqualNumbersFromOneAutoencoder()
    {
        studies.Run(studies.FinishedFolder, cell: "two-24-seed3");
        Assert.Equal(Figures(TinyStudy.Result(studies.FinishedFolder, First)), Figures(TinyStudy.Result(studies.FinishedFolder, "two-24-seed3")));
        Assert.Single(Directory.GetDirectories(Path.Combine(studies.FinishedFolder, "work", "autoencoders")));
    }

    [Fact]
    public void Execute_FinishedCell_IsSkippedAndRefusedWithOtherSettings()
    {
        var path = Path.Combine(studies.FinishedFolder, "cells", First + ".json");
        var written = File.GetLastWriteTimeUtc(path);
        Assert.Equal(new StudyOutcome(0, 1, 0, 1), studies.Run(studies.FinishedFolder, cell: First));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Refuse(
            () => studies.Run(
                studies.FinishedFolder,
                TinyStudy.Study.Replace("count = 20\ngrid", "count = 21\ngrid", StringComparison.Ordinal),
                First),
            First,
            "Force");
        Refuse(
            () => studies.Run(
                studies.FinishedFolder,
                TinyStudy.Study.Replace("seeds = [3]", "seeds = [3]\nset = [\"denoiser.training.steps=7\"]", StringComparison.Ordinal),
                First),
            "other settings",
            "Force");
        // The cell asked for has no result; the report would show it beside the one that has.
        Refuse(
            () => studies.Run(
                studies.FinishedFolder,
                TinyStudy.Study.Replace("seeds = [3]", "seeds = [3]\nset = [\"denoiser.training.steps=7\"]", StringComparison.Ordinal),
                "plain-24-seed3"),
            First,
            "other settings");
        Refuse(() => studies.Run(studies.FinishedFolder, dataset: studies.WriteDataset(2)), "another dataset");
        Refuse(
            () => studies.Run(
                studies.FinishedFolder,
                TinyStudy.Study.Replace("name = \"tiny\"", "name = \"other\"", StringComparison.Ordinal)),
            "holds the study tiny");
        Refuse(() => studies.Run(Path.GetDirectoryName(studies.FinishedFolder)!), "holds no study");
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Equal(TinyStudy.Study, File.ReadAllText(Path.Combine(studies.FinishedFolder, "study.toml")));
    }

    // A start that was refused after it had made the folder, as for too few images.
    [Fact]
    public void Execute_FolderOfAStartThatBeganNothing_IsTakenOver()
    {
        var (folder, cancellation) = (studies.NewFolder(), TestContext.Current.CancellationToken);
        var other = TinyStudy.Study.Replace("name = \"tiny\"", "name = \"other\"", StringComparison.Ordinal);
        using (var dataset = ImageDataset.Open(studies.WriteDataset(5)))
            StudyFolder.Prepare(folder, studies.Source(other), cancellation).Bind(studies.Source(other).Definition, dataset, cancellation);
        Assert.Equal(new StudyOutcome(1, 0, 0, 1), studies.Run(folder, cell: "plain-24-seed3"));
        var record = StudyFolder.Open(folder).ReadRecord()!;
        Assert.Equal(("tiny", TinyStudy.Result(folder, "plain-24-seed3").DataHash), (record.Name, record.DataHash));
        Assert.Equal(TinyStudy.Study, File.ReadAllText(Path.Combine(folder, "study.toml")));
    }

    [Fact]
    public void Execute_OtherJudgingWithForce_JudgesTheSameImagesAgain()
    {
        var folder = studies.NewFolder();
        var quick = TinyStudy.Study[..TinyStudy.Study.IndexOf("[noise]", StringComparison.Ordinal)];
        studies.Run(folder, quick, cell: "plain-24-seed3");
        var image = Path.Combine(folder, "work", "plain-24-seed3", "samples", "000000.png");
        var (drawn, before) = (File.GetLastWriteTimeUtc(image), TinyStudy.Result(folder, "plain-24-seed3"));
        studies.Run(folder, quick.Replace("half_samples = 10", "half_samples = 12", StringComparison.Ordinal), cell: "plain-24-seed3", force: true);
        var after = TinyStudy.Result(folder, "plain-24-seed3");
        Assert.Equal(drawn, File.GetLastWriteTimeUtc(image));
        Assert.Equal(before.Distances[0].Frechet.Value, after.Distances[0].Frechet.Value);
        Assert.NotEqual(before.Distances[0].Frechet, after.Distances[0].Frechet);
        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
    }

    [Fact]
    public void Execute_OtherSettingsWithForceForOneCell_TakesTheOthersOutOfTheReport()
    {
        var (folder, quick) = (studies.NewFolder(), TinyStudy.Study[..TinyStudy.Study.IndexOf("[noise]", StringComparison.Ordinal)]);
        studies.Run(folder, quick, cell: "plain-24-seed3");
        var finished = TinyStudy.Result(folder, "plain-24-seed3");
        CellResults.Write(
            folder, finished with { Cell = First, Arm = "one", Fingerprint = studies.Plan(quick).Cells.Single(cell => cell.Name == First).Fingerprint });
        Assert.Equal([First, "plain-24-seed3"], StudyFolder.Open(folder).ReadResults().Select(result => result.Cell));
        studies.Run(folder, quick.Replace("half_samples = 10", "half_samples = 12", StringComparison.Ordinal), cell: "plain-24-seed3", force: true);
        Assert.Equal(["plain-24-seed3"], StudyFolder.Open(folder).ReadResults().Select(result => result.Cell));
        Assert.Equal([new(First, "run with other settings, to be run again")], StudyFolder.Open(folder).ReadReasons());
        // Nothing was lost: with the settings that gave it the result counts again.
        studies.Run(folder, quick, cell: "plain-24-seed3", force: true);
        Assert.Equal([First, "plain-24-seed3"], StudyFolder.Open(folder).ReadResults().Select(result => result.Cell));
    }

    [Fact]
    public void Execute_MoreImagesWithForce_DrawsAnewWithoutTrainingAnew()
    {
        var (folder, quick) = (studies.NewFolder(), TinyStudy.Study[..TinyStudy.Study.IndexOf("[noise]", StringComparison.Ordinal)]);
        studies.Run(folder, quick, cell: "plain-24-seed3");
        var weights = Path.Combine(folder, "work", "plain-24-seed3", "run", "denoiser.safetensors");
        var trained = File.GetLastWriteTimeUtc(weights);
        studies.Run(folder, quick.Replace("count = 20", "count = 21", StringComparison.Ordinal), cell: "plain-24-seed3", force: true);
        Assert.Equal(trained, File.GetLastWriteTimeUtc(weights));
        Assert.Equal(21, TinyStudy.Result(folder, "plain-24-seed3").Gradability!.Generated.Length);
    }

    [Fact]
    public void Execute_DatasetThatDoesNotFit_MakesNoFolder()
    {
        var folder = studies.NewFolder();
        Refuse(
            () => studies.Run(
                folder, TinyStudy.Study.Replace("seeds = [3]", "seeds = [3]\nset = [\"size=64\"]", StringComparison.Ordinal)),
            "prepare the dataset with Size 64");
        Refuse(() => studies.Run(folder, dataset: Path.Combine(folder, "nothing")), "no such folder");
        var unseen = TinyStudy.Study[..TinyStudy.Study.IndexOf("[sampling]", StringComparison.Ordinal)] + "[sampling]\ncount = 0\n";
        Refuse(() => studies.Run(folder, unseen, dataset: OfOneSplit(Split.Val)), "has no training images (split 'train')");
        Refuse(() => studies.Run(folder, unseen, dataset: OfOneSplit(Split.Train)), "has no held-out images (split 'val')");
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Execute_SettingWithoutValue_IsCalledWhatTheFileCallsIt() => Refuse(
        () => studies.Run(studies.NewFolder(), TinyStudy.Study.Replace("seeds = [3]", "seeds = [3]\nset = [\"foo\"]", StringComparison.Ordinal)),
        "set foo: not of the form section.key=value");

    [Fact]
    public void Execute_FailingCell_IsToldAndOthersGoOn()
    {
        var folder = studies.NewFolder();
        var foreign = Directory.CreateDirectory(Path.Combine(folder, "work", "one-24-seed3")).FullName;
        File.WriteAllText(Path.Combine(folder, "study.toml"), TinyStudy.Study);
        File.WriteAllText(Path.Combine(foreign, "key.txt"), "of another study");
        var told = new List<string>();
        var quick = TinyStudy.Study[..TinyStudy.Study.IndexOf("[noise]", StringComparison.Ordinal)];
        var failure = Assert.Throws<CellsFailedException>(() => studies.Run(folder, quick, announce: told.Add));
        Assert.Contains("1 of 3 cells failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("one-24-seed3 (one-24-seed3: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Contains(
            told,
            line => line.StartsWith("one-24-seed3 failed: ", StringComparison.Ordinal)
                && line.Contains("pass --force to", StringComparison.Ordinal));
        Assert.Equal(["plain-24-seed3", "two-24-seed3"], StudyFolder.Open(folder).ReadResults().Select(result => result.Cell));
        Assert.Equal(["one-24-seed3"], StudyFolder.Open(folder).ReadFailures().Keys);
        studies.Run(folder, quick, cell: First, force: true);
        Assert.Empty(StudyFolder.Open(folder).ReadFailures());
    }

    [Fact]
    public void ReadResults_NothingFinished_IsOneLine()
    {
        var folder = studies.NewFolder();
        Refuse(() => studies.Run(folder, cell: "one-24-seed4"), "no such cell", "did you mean 'one-24-seed3'?");
        Assert.False(Directory.Exists(folder));
        using (var dataset = ImageDataset.Open(studies.Dataset))
        {
            StudyFolder.Prepare(folder, studies.Source(), TestContext.Current.CancellationToken)
                .Bind(studies.Source().Definition, dataset, TestContext.Current.CancellationToken);
        }

        Refuse(() => StudyFolder.Open(folder).ReadResults(), "no cell is finished yet");
        Refuse(() => StudyFolder.Open(Path.GetDirectoryName(folder)!), "is not a study's folder");
    }

    private string OfOneSplit(Split split)
    {
        var folder = studies.NewFolder();
        using var writer = new DatasetWriter(folder, 32);
        for (var k = 0; k < 8; k++)
            writer.Append([.. Enumerable.Repeat((byte)(20 * k), 3 * 32 * 32)], new ManifestEntry { File = $"{k}", Split = split });
        writer.Complete(new DatasetSummary { Source = "phantom" });
        return folder;
    }

    /// <summary>All but names and seconds.</summary>
    private static string Figures(CellResult result) => JsonSerializer.Serialize(
        result with { Cell = "", Arm = "", Costs = result.Costs with { AutoencoderSeconds = 0, DenoiserSeconds = 0, JudgingSeconds = 0 } });

    private static void Refuse(Action action, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(action);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
