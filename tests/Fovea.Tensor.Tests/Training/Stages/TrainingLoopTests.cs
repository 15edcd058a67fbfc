using Fovea.Core;
using Fovea.Tests.Torch;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Stages;

namespace Fovea.Tests.Training.Stages;

[Collection(nameof(MemoryMeasurements))]
public sealed class TrainingLoopTests : IDisposable
{
    private static readonly RunOptions Options = new() { CheckpointEvery = 3, KeepCheckpoints = 5, LogEvery = 2, GridEvery = 4 };
    private readonly TemporaryFolder _parent = new();
    private readonly RunFolder _folder;

    public TrainingLoopTests() => _folder = RunFolder.ForTraining(_parent.File("run"), TinyRun.Config(), resume: false);

    public void Dispose()
    {
        _folder.Dispose();
        _parent.Dispose();
    }

    [Fact]
    public void Run_WholeStage_SavesLogsAndDrawsAtItsIntervalsAndItsEnd()
    {
        using var stage = new CountingStage("stub", 8);
        Loop().Run(stage, CancellationToken.None);
        Assert.Equal(8, stage.Count);
        Assert.Equal([3, 6, 8], stage.Exports);
        Assert.Equal([4, 8], stage.Grids);
        Assert.Equal(["stub-00000003", "stub-00000006", "stub-00000008"], Checkpoints());
        Assert.Equal(4, File.ReadLines(_folder.Metrics).Count());
    }

    [Fact]
    public void Run_FinishedStage_ExportsAgainAndDoesNoStep()
    {
        using (var first = new CountingStage("stub", 8)) Loop().Run(first, CancellationToken.None);
        using var stage = new CountingStage("stub", 8);
        Loop().Run(stage, CancellationToken.None);
        Assert.Equal(8, stage.Count);
        Assert.Equal([8], stage.Exports);
        Assert.Equal(4, File.ReadLines(_folder.Metrics).Count());
    }

    [Theory]
    [InlineData("loss", double.NaN)]
    [InlineData("loss", double.PositiveInfinity)]
    [InlineData("gradient_norm", double.NaN)]
    [InlineData("gradient_norm", double.PositiveInfinity)]
    public void Run_FigureNotFinite_NamesStepAndLastCheckpointAndSavesNothing(string figure, double value)
    {
        using var stage = new CountingStage("stub", 8)
        {
            Figures = step => new() { ["loss"] = 1, ["gradient_norm"] = 2, [figure] = step == 5 ? value : 1 },
        };
        var failure = Assert.Throws<DivergenceException>(() => Loop().Run(stage, CancellationToken.None));
        var checkpoint = Path.Combine(_folder.Checkpoints, "stub-00000003.safetensors");
        Assert.StartsWith($"stub: {figure} is not finite at step 5; last good checkpoint: {checkpoint};", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(["stub-00000003"], Checkpoints());
    }

    [Fact]
    public void Run_NotFiniteBeforeTheFirstCheckpoint_SaysThatThereIsNone()
    {
        using var stage = new CountingStage("stub", 8) { Figures = _ => new() { ["loss"] = double.NaN } };
        var failure = Assert.Throws<DivergenceException>(() => Loop().Run(stage, CancellationToken.None));
        Assert.Contains("at step 0; last good checkpoint: none;", failure.Message);
    }

    [Fact]
    public void Run_CancelledBeforeItBegins_SavesTheStart()
    {
        using var stage = new CountingStage("stub", 8);
        Assert.Throws<OperationCanceledException>(() => Loop().Run(stage, new CancellationToken(canceled: true)));
        Assert.Equal(["stub-00000000"], Checkpoints());
        Assert.Equal(0, stage.Count);
    }

    private TrainingLoop Loop() => new(_folder, Options, new Ignored());

    private IEnumerable<string?> Checkpoints() =>
        Directory.GetFiles(_folder.Checkpoints).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

    private sealed class Ignored : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value)
        {
        }
    }
}
