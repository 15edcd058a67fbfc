using Fovea.Core.Errors;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Study.Reports;
using Fovea.Study.Running;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Study;

/// <summary>Cells without images, an autoencoder for all seeds, and what arms try before the study.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class TuningTests(TinyStudy studies) : IClassFixture<TinyStudy>
{
    private const string Arms = """
        name = "tuned"
        config = "tiny-run.toml"
        seeds = [3, 4]
        autoencoder_seed = 7
        [[arms]]
        name = "quantum"
        denoiser = "quantum"
        [[arms]]
        name = "plain"
        [sampling]
        count = 0
        """;

    // A rate so low that the network stays where it began, and one that trains it.
    private const string Tuned = Arms + """

        [tuning]
        seeds = [11]
        steps = 5
        [[tuning.tries]]
        name = "still"
        set = ["denoiser.training.learning_rate=1e-8"]
        [[tuning.tries]]
        name = "quick"
        set = ["denoiser.training.learning_rate=3e-3", "denoiser.training.ema_decay=0"]
        """;

    [Fact]
    public void Execute_WithoutImages_HasHeldOutLossesOfOneAutoencoder()
    {
        var folder = studies.NewFolder();
        Assert.Equal(new StudyOutcome(4, 0, 0, 4), studies.Run(folder, Arms));
        string[] cells = ["quantum-all-seed3", "quantum-all-seed4", "plain-all-seed3", "plain-all-seed4"];
        var results = cells.Select(cell => TinyStudy.Result(folder, cell)).ToArray();
        Assert.Single(results.Select(result => result.AutoencoderHash).Distinct());
        Assert.Equal(4, results.Select(result => result.HeldOutLoss!.Value).Distinct().Count());
        Assert.All(results, result => Assert.True(result is { Gradability: null, Distances.Count: 0, Copies.Count: 0 }));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "cells"), "*.png"));
        Assert.All(results, result => Assert.Equal(result.Arm == "quantum", result is { Middles.Deviation: > 0, Circuits.Displacement: > 0 }));
        Tells(folder);
        // The autoencoder is that of its own seed, whichever cell trains it.
        Assert.Contains(
            "seed = 7",
            File.ReadAllText(
                Directory.GetFiles(Path.Combine(folder, "work", "autoencoders"), "config.toml", SearchOption.AllDirectories).Single()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_Tuning_ChoosesForEachArmByHeldOutLoss()
    {
        var folder = studies.NewFolder();
        var told = new List<string>();
        studies.Run(folder, Tuned, announce: told.Add);
        var (study, tuning) = StudyFolder.Open(folder).Resolve(studies.Source(Tuned).Definition);
        Assert.All(tuning!.Arms, arm => Assert.Equal("quick", arm.Chosen));
        Assert.All(tuning.Arms, arm => Assert.True(arm.Tries[1].Mean < arm.Tries[0].Mean));
        Assert.All(study.Arms, arm => Assert.Contains("denoiser.training.learning_rate=3e-3", arm.Set));
        Assert.Contains(told, line => line.Contains("chosen", StringComparison.Ordinal));
        // The cells were trained with what was chosen, and their autoencoder was not trained again.
        var config = File.ReadAllText(Path.Combine(folder, "work", "plain-all-seed3", "run", "config.toml"));
        Assert.Contains("learning_rate = 0.003", config, StringComparison.Ordinal);
        Assert.Single(
            Directory.GetFiles(folder, "autoencoder.safetensors", SearchOption.AllDirectories),
            path => path.Contains("autoencoders", StringComparison.Ordinal));
        // Nothing is left to do, and one cell alone finds what was chosen.
        Assert.Equal(new StudyOutcome(0, 4, 0, 4), studies.Run(folder, Tuned));
        Assert.Equal(new StudyOutcome(0, 1, 0, 1), studies.Run(folder, Tuned, cell: "plain-all-seed3"));
        Reports(folder, study, tuning);
    }

    // A training that diverged does so again: it is a try that is not chosen, and not run at every start.
    [Fact]
    public void Execute_TryThatDiverged_IsNotChosenAndNotRunAgain()
    {
        var folder = studies.NewFolder();
        var tries = StudyFolder.Of(Path.Combine(folder, "tuning"));
        studies.Run(folder, Tuned);
        const string Quick = "plain-quick-all-seed11";
        var fingerprint = TinyStudy.Result(tries.Path, Quick).Fingerprint;
        File.Delete(tries.ResultOf(Quick));
        tries.WriteFailure(Quick, "denoiser: loss is not finite at step 3", "of other settings");
        Assert.False(tries.HasDiverged(Quick, fingerprint));
        tries.WriteFailure(Quick, "denoiser: loss is not finite at step 3", fingerprint);
        Assert.Equal("denoiser: loss is not finite at step 3", tries.ReadFailures()[Quick]);
        var told = new List<string>();
        studies.Run(folder, Tuned, force: true, announce: told.Add);
        Assert.False(File.Exists(tries.ResultOf(Quick)));
        var tuning = StudyFolder.Open(folder).Resolve(studies.Source(Tuned).Definition).Tuning!;
        Assert.Equal(["quick", "still"], tuning.Arms.Select(arm => arm.Chosen));
        Assert.Contains(told, line => line.Contains("diverged", StringComparison.Ordinal));
        // Where no try is left there is nothing to choose.
        File.Delete(tries.ResultOf("plain-still-all-seed11"));
        tries.WriteFailure("plain-still-all-seed11", "denoiser: loss is not finite at step 3", tries.ReadRecord()!.Fingerprints!["plain-still-all-seed11"]);
        Assert.Contains("no try of arm 'plain' ended", Assert.Throws<InputException>(() => studies.Run(folder, Tuned)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ArmWithStepsOfItsOwn_IsTriedForTheTuningsSteps()
    {
        var study = studies.Source(Tuned.Replace("name = \"plain\"", "name = \"plain\"\nset = [\"denoiser.training.steps=9\"]", StringComparison.Ordinal));
        var tries = TuningStudy.Build(study.Definition, Path.Combine(Path.GetDirectoryName(studies.Dataset)!, "tuning")).Definition;
        Assert.Equal(4, tries.Arms.Count);
        Assert.All(tries.Arms, arm => Assert.Equal(5, StudyPlanner.ConfigOf(tries, arm, 11).DenoiserTraining.Steps));
    }

    // A try whose target is easier, or whose latents are others, has a lower loss and is no better for it.
    [Theory]
    [InlineData("diffusion.timesteps=40")]
    [InlineData("autoencoder.training.kl_weight=1e-2")]
    public void Execute_TriesWhoseLossesAreOfOtherThings_AreRefused(string setting)
    {
        var folder = studies.NewFolder();
        var error = Assert.Throws<InputException>(() => studies.Run(
            folder, Tuned.Replace("denoiser.training.learning_rate=1e-8", setting, StringComparison.Ordinal)));
        Assert.Contains("tuning.tries of arm 'quantum': quick differs from still in the autoencoder", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void FromToml_ArmsAndTriesThatGiveOneName_AreRefused()
    {
        string Named(string arm, string still, string quick) => Tuned.Replace("name = \"quantum\"", $"name = \"{arm}\"", StringComparison.Ordinal)
            .Replace("still", still, StringComparison.Ordinal).Replace("quick", quick, StringComparison.Ordinal);
        Assert.Contains(
            "tuning.tries and arms give one name, ARM-TRY, to two: plain-a-b",
            Assert.Throws<InputException>(() => studies.Source(Named("plain-a", "b", "a-b"))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "of 64 characters; allowed: 60 at most",
            Assert.Throws<InputException>(() => studies.Source(Named("one", new string('a', 60), "b"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_OneCellBeforeTheTuning_IsRefused()
    {
        var error = Assert.Throws<InputException>(() => studies.Run(studies.NewFolder(), Tuned, cell: "plain-all-seed3"));
        Assert.Contains("without Cell", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seeds = [11]", "seeds = [4, 11]", "tuning.seeds holds 4, which is one of the study's seeds")]
    [InlineData("seeds = [11]", "seeds = []", "tuning.seeds is missing")]
    [InlineData("steps = 5", "steps = 0", "tuning.steps = 0 is not allowed")]
    [InlineData("name = \"quick\"", "name = \"still\"", "tuning.tries names still twice")]
    [InlineData("name = \"quick\"", "name = \"Quick!\"", "lower case letters")]
    [InlineData("learning_rate=1e-8", "steps=3", "tuning.tries still sets denoiser.training.steps, which tuning.steps sets for all")]
    [InlineData("count = 0", "count = 0\n[protocol]\nprimary = \"gradable\"\nsmallest_difference = 0.1",
        "protocol.primary names 'gradable', of images, and sampling.count = 0 draws none; allowed: held_out_loss, psnr, ssim")]
    [InlineData("autoencoder_seed = 7", "autoencoder_seed = 7\nsizes = [24]", "autoencoder_seed makes one autoencoder for all seeds")]
    [InlineData("count = 0", "count = 5", "sampling.count = 5 is not allowed; allowed: 0")]
    [InlineData("count = 0", "count = 0\n[noise]\narms = [\"quantum\"]\nprofiles = [\"trapped-ion\"]", "sampling.count = 0 draws none")]
    public void FromToml_BreaksARule_IsOneLine(string known, string wrong, string message)
    {
        var error = Assert.Throws<InputException>(() => studies.Source(Tuned.Replace(known, wrong, StringComparison.Ordinal)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void FromToml_OneTry_IsRefused()
    {
        var one = Tuned[..Tuned.LastIndexOf("[[tuning.tries]]", StringComparison.Ordinal)];
        Assert.Contains("fewer than two", Assert.Throws<InputException>(() => studies.Source(one)).Message, StringComparison.Ordinal);
    }

    // What there is without images: the loss with its difference, and what became of the circuits.
    private void Tells(string folder)
    {
        var opened = StudyFolder.Open(folder);
        var analysis = StudyAnalysis.Analyze(studies.Source(Arms).Definition, opened.ReadResults(), opened.ReadReasons());
        var lines = StudyText.Lines(analysis);
        string[] headings = ["seeds", "held-out denoising loss", "circuits moved (rad)", "circuit share", "use of the layers"];
        Assert.All(headings, heading => Assert.Contains(lines, line => line.Contains(heading, StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("gradable", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.TrimStart().StartsWith("Held-out denoising loss, all training images: plain ", StringComparison.Ordinal));
        Assert.Contains("held-out denoising loss: difference to quantum", StudyMarkdown.Table(analysis), StringComparison.Ordinal);
    }

    private static void Reports(string folder, StudyDefinition study, TuningResult tuning)
    {
        var opened = StudyFolder.Open(folder);
        StudyReport.Write(StudyAnalysis.Analyze(study, opened.ReadResults(), opened.ReadReasons()) with { Tuning = tuning }, opened.Cells, folder);
        var page = File.ReadAllText(Path.Combine(folder, StudyReport.PageName));
        Assert.Contains("Every arm had the same 2 tries", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"pictures\"", page, StringComparison.Ordinal);
        Assert.Contains("Quality and parameters of the denoiser", page, StringComparison.Ordinal);
        Assert.Contains("none: cells are judged by their held-out loss alone", page, StringComparison.Ordinal);
        // The tries are a study whose report can be written, too.
        var tries = StudyFolder.Open(Path.Combine(folder, "tuning"));
        Assert.Equal(
            4,
            StudyReport.Write(
                StudyAnalysis.Analyze(ShippedStudies.Read(tries.Definition).Definition, tries.ReadResults(), tries.ReadReasons()),
                tries.Cells,
                tries.Path).Count);
    }
}
