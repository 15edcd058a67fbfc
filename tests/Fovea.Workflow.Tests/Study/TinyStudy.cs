using Fovea.Core;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Judges.Training;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Study.Results;
using Fovea.Study.Running;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Study;

/// <summary>A dataset of 200 phantoms of 32 px, a configuration and studies on them whose cells take a second or two.</summary>
public sealed class TinyStudy : IDisposable
{
    internal const string Config = """
        name = "tiny"
        size = 32
        [autoencoder]
        latent_channels = 2
        channels = [8, 8]
        patch = 2
        [autoencoder.training]
        steps = 4
        batch = 4
        warmup = 2
        ema_decay = 0.9
        [denoiser]
        channels = [8, 8]
        attention = []
        [denoiser.training]
        steps = 6
        batch = 4
        warmup = 2
        ema_decay = 0.9
        [diffusion]
        timesteps = 50
        [quantum]
        qubits = 2
        layers = 1
        [sampling]
        sampler = "ddim"
        steps = 2
        [run]
        checkpoint_every = 2
        log_every = 1
        """;

    internal const string Study = """
        name = "tiny"
        config = "tiny-run.toml"
        seeds = [3]
        sizes = [24]
        [[arms]]
        name = "one"
        denoiser = "quantum"
        [[arms]]
        name = "two"
        denoiser = "quantum"
        [[arms]]
        name = "plain"
        [sampling]
        count = 20
        grid = 4
        [judging]
        half_samples = 10
        grader = "grader.safetensors"
        [noise]
        arms = ["one", "two"]
        size = 24
        profiles = ["trapped-ion"]
        scales = [4]
        count = 20
        """;

    private readonly TemporaryFolder _folder = new();
    private int _outputs;

    public TinyStudy()
    {
        Dataset = WriteDataset(1);
        File.WriteAllText(_folder.File("tiny-run.toml"), Config);
        // A grader that knows nothing, and is quick.
        var (graded, trained) = (_folder.File("graded"), _folder.File("grader"));
        PhantomDataset.Write(new PhantomOptions { Folder = graded, Count = 40, Size = 32, Seed = 9, Label = PhantomLabel.Quality, Threads = 1 });
        GraderTraining.Run(new GraderRequest { Dataset = graded, Output = trained, Options = new() { Steps = 1, Batch = 2, Width = 8 } });
        File.Move(Path.Combine(trained, GraderTraining.WeightsName), _folder.File("grader.safetensors"));
        FinishedFolder = NewFolder();
        Run(FinishedFolder, cell: "one-24-seed3");
    }

    /// <summary>The dataset's folder.</summary>
    internal string Dataset { get; }

    /// <summary>A study's folder in which the first cell is finished.</summary>
    internal string FinishedFolder { get; }

    internal string NewFolder() => _folder.File($"study{_outputs++}");

    internal string WriteDataset(ulong seed)
    {
        var folder = _folder.File($"data{seed}");
        PhantomDataset.Write(new PhantomOptions { Folder = folder, Count = 200, Size = 32, Seed = seed, Threads = 1 });
        return folder;
    }

    internal StudySource Source(string? study = null) => new(study ?? Study, StudyReader.FromToml(study ?? Study, "tiny.toml", _folder.Path));

    internal StudyPlan Plan(string? study = null)
    {
        using var dataset = ImageDataset.Open(Dataset);
        return StudyPlanner.Plan(Source(study).Definition, dataset);
    }

    internal StudyOutcome Run(
        string output, string? study = null, string? cell = null, string? dataset = null, bool force = false, IProgress<ProgressUpdate>? progress = null,
        CancellationToken? cancellation = null, Action<string>? announce = null) => StudyRun.Execute(
        new StudyRequest
        {
            Source = Source(study),
            Dataset = dataset ?? Dataset,
            Output = output,
            Cell = cell,
            Threads = 1,
            Force = force,
            Estimate = false,
            Progress = progress,
            Announce = announce,
            NameOf = property => $"--{property.ToLowerInvariant()}",
        },
        cancellation ?? TestContext.Current.CancellationToken);

    internal static CellResult Result(string folder, string cell) =>
        StudyFolder.Open(folder).ReadResult(cell) ?? throw new InvalidOperationException($"no result of {cell}");

    public void Dispose() => _folder.Dispose();
}
