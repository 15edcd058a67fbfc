using Fovea.Core.Errors;
using Fovea.Evaluation.Packing;
using Fovea.Imaging.Decoding;
using Fovea.Judges.Grading;
using Fovea.Judges.Provenance;
using Fovea.Tests.Torch;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Training.Runs;

public sealed class PretrainedModelsTests
{
    private const int MostBytes = 14_000_000;

    [Fact]
    public void Names_AreThoseThatTheReadmeTells() =>
        Assert.Equal(["fundus-128-mixer", "fundus-128-twin", "fundus-64-classical", "fundus-64-mixer", "fundus-64-quantum"], PretrainedModels.Names);

    [Theory]
    [InlineData("fundus-64-classical")]
    [InlineData("fundus-64-mixer")]
    [InlineData("fundus-64-quantum")]
    [InlineData("fundus-128-mixer")]
    [InlineData("fundus-128-twin")]
    public void Execute_EachShippedModel_DrawsFundi(string name)
    {
        using var folder = new TemporaryFolder();
        var (run, output) = (PretrainedModels.Prefix + name, folder.File("samples"));
        SamplingRun.Execute(
            run, output, force: false, null, new SampleRequest { Count = 5, Seed = 1, Threads = 1, Steps = 8 }, cancellation: TestContext.Current.CancellationToken);
        byte[][] pictures = [.. Directory.GetFiles(output, "0*.png").Select(file => ImageFile.ReadRgb(file).Pixels)];
        using var opened = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(opened.Config);
        using var grader = GraderFile.Load(ShippedJudges.Grader(config.Size)!);
        // The cards tell how many: two thirds and more; the same grader passes no grain, whatever its colours.
        Assert.InRange(grader.Grade(pictures, TestContext.Current.CancellationToken).Count(verdict => verdict.IsGradable), 2, 5);
        using var model = TrainedModel.Load(opened, config);
        Assert.Equal(!name.EndsWith("classical", StringComparison.Ordinal), model.QuantumLayers.Any());
        Assert.True(File.Exists(Path.Combine(opened.Path, ModelPacker.CardName)));
        Assert.InRange(Directory.GetFiles(opened.Path).Sum(file => new FileInfo(file).Length), 1, MostBytes);
    }

    [Theory]
    [InlineData("somewhere/run")]
    [InlineData("")]
    public void FolderOf_APath_IsThePath(string path) => Assert.Equal(path, PretrainedModels.FolderOf(path));

    [Theory]
    [InlineData("pretrained:fundus-64-quantun", "did you mean 'fundus-64-quantum'?")]
    [InlineData("pretrained:", "allowed: pretrained:fundus-128-mixer, pretrained:fundus-128-twin, pretrained:fundus-64-classical, pretrained:fundus-64-mixer, pr")]
    [InlineData("pretrained:../pretrained/fundus-64-quantum", "no such pretrained model")]
    public void Open_AnUnknownName_IsRefusedWithTheKnownOnes(string name, string words)
    {
        var failure = Assert.Throws<InputException>(() => RunFolder.Open(name));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }
}
