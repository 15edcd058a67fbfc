using System.Xml.Linq;
using Fovea.Tests.Torch;
using Fovea.Training.Reports;
using Fovea.Training.Runs;

namespace Fovea.Tests.Training.Reports;

/// <summary>The page of a run, and what becomes of training when files of the run are damaged.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class RunReportTests(TinyRun runs) : IClassFixture<TinyRun>
{
    [Fact]
    public void Execute_WithReport_ShowsPicturesNumbersChartsAndSettingsAndLoadsNothing()
    {
        var folder = runs.Train(TinyRun.Config("run.grid_every=2"), report: true);
        var page = XDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.html")));
        Assert.Equal(["pictures", "numbers", "charts", "settings"], page.Descendants("section").Select(section => section.Attribute("id")!.Value));
        var films = page.Descendants("figure").Where(figure => (string?)figure.Attribute("class") == "film").ToList();
        Assert.Equal([3, 3], films.Select(film => film.Elements("img").Count()));
        Assert.Equal(["step 2", "step 4", "step 6"], films[0].Elements("img").Select(image => image.Attribute("alt")!.Value));
        Assert.Equal([false, false, true], films[0].Elements("img").Select(image => image.Attribute("hidden") is null));
        Assert.Equal(
            ["Loss", "Learning rate", "Norms of gradients", "How far the circuits' angles moved", "What the circuits are used for"],
            page.Descendants("figure").Elements("h3").Select(heading => heading.Value));
        Assert.All(
            page.Descendants().Attributes().Where(a => a.Name == "src" || a.Name == "srcset" || a.Name == "href"),
            a => Assert.StartsWith("data:image/png;base64,", a.Value, StringComparison.Ordinal));
        Assert.Contains("6 of 6", page.Descendants("td").Select(cell => cell.Value));
        Assert.Contains("quantum.qubits", page.Descendants("dt").Select(name => name.Value));
    }

    [Fact]
    public void Execute_PageCannotBeWritten_TellsOnceAndTrainsOn()
    {
        var (folder, told) = (runs.NewFolder(), new List<string>());
        using (RunFolder.ForTraining(folder, TinyRun.Config(), resume: false)) Directory.CreateDirectory(Path.Combine(folder, "report.html"));
        runs.Train(TinyRun.Config(), folder, resume: true, report: true, announce: told.Add);
        Assert.Single(told, line => line.Contains("report.html: cannot be written", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllBytes(Path.Combine(runs.Finished(), "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(folder, "denoiser.safetensors")));
    }

    [Fact]
    public void Execute_Trained_LogsHeldOutLossAtCheckpointsAndNormsOfEachLayer()
    {
        var history = new MetricsHistory(Path.Combine(runs.Finished(), "metrics.jsonl"), "autoencoder");
        Assert.Equal([1.0, 2, 4, 6], history.Series("held_out_loss").Steps);
        Assert.Equal(6, history.LastStep);
        var layers = history.Names.Where(name => name.StartsWith("circuit_gradient_norm.", StringComparison.Ordinal)).ToArray();
        Assert.True(layers.Length >= 2, string.Join(", ", history.Names));
        Assert.Equal(history.Last("circuit_gradient_norm")!.Value, Math.Sqrt(layers.Sum(layer => Math.Pow(history.Last(layer)!.Value, 2))), 1e-9);
        var (steps, values) = history.Series("loss", 2);
        Assert.Equal([3.0, 6], steps);
        Assert.Equal(history.Series("loss").Values[..3].Average(), values[0], 1e-12);
    }

    [Theory]
    [InlineData("latents.safetensors", "the latents are made anew")]
    [InlineData("autoencoder.safetensors", "made again from the newest checkpoint")]
    [InlineData("reconstruction.json", "measured again")]
    public void Execute_DamagedFileThatCanBeMadeAgain_IsToldAndMadeAgain(string file, string words)
    {
        var (folder, told) = (runs.Train(TinyRun.Config()), new List<string>());
        var path = Path.Combine(folder, file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^7]);
        runs.Train(TinyRun.Config(), folder, resume: true, announce: told.Add);
        Assert.Contains(told, line => line.Contains(path, StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal));
        foreach (var name in new[] { file, "denoiser.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(runs.Finished(), name)), File.ReadAllBytes(Path.Combine(folder, name)));
    }

    [Fact]
    public void Execute_DamagedNewestCheckpoint_EndsBitIdentical()
    {
        var (folder, told) = (runs.Train(TinyRun.Config()), new List<string>());
        var path = Path.Combine(folder, "checkpoints", "denoiser-00000006.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^9] ^= 64;
        File.WriteAllBytes(path, bytes);
        runs.Train(TinyRun.Config(), folder, resume: true, announce: told.Add);
        Assert.Contains(told, line => line.StartsWith("warning: " + path, StringComparison.Ordinal));
        foreach (var name in new[] { "denoiser.safetensors", "checkpoints/denoiser-00000006.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(runs.Finished(), name)), File.ReadAllBytes(Path.Combine(folder, name)));
        Assert.Equal(12, File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Count());
    }

    [Theory]
    [InlineData("config.toml", 40)]
    [InlineData("config.toml", -60)]
    [InlineData("data.json", 20)]
    public void Execute_CutRecordOfTheRun_IsNamedInOneLine(string file, int kept)
    {
        var folder = runs.Train(TinyRun.Config(), stage: Fovea.Training.TrainingStage.Autoencoder);
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        var cut = kept > 0 ? text[..kept] : text[..text.IndexOf("\n[run]", StringComparison.Ordinal)];
        File.WriteAllText(path, cut);
        var failure = Assert.Throws<Fovea.Core.Errors.InputException>(() => runs.Train(TinyRun.Config(), folder, resume: true));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Equal(cut, File.ReadAllText(path));
    }
}
