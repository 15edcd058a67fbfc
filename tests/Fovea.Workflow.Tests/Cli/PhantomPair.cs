namespace Fovea.Tests.Cli;

/// <summary>A phantom dataset and a tiny trained quantum pair, made once by the program itself.</summary>
public sealed class PhantomPair : IDisposable
{
    /// <summary>Settings of a pair that trains in seconds on a busy machine.</summary>
    internal static readonly string[] Tiny =
    [
        .. Set("size=32"), .. Set("threads=1"), .. Set("autoencoder.channels=[8, 8]"), .. Set("autoencoder.training.steps=4"), .. Set(
            "autoencoder.training.batch=2"),
        .. Set("denoiser.channels=[8, 8]"), .. Set("denoiser.attention=[]"), .. Set("denoiser.training.steps=4"), .. Set("denoiser.training.batch=2"),
        .. Set("quantum.qubits=2"), .. Set("quantum.layers=1"), .. Set("sampling.steps=2"),
        .. Set("run.checkpoint_every=2"), .. Set("run.log_every=1"), .. Set("run.grid_every=4"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-cli-").FullName;

    public PhantomPair()
    {
        FoveaCommand.Run("phantom", "--count", "48", "--size", "32", "--out", Dataset).AssertSuccess();
        Training = FoveaProcess.Run(["train", "demo", "--data", Dataset, "--out", Run, .. Tiny]);
        Training.AssertSuccess();
    }

    /// <summary>What the training of the pair left.</summary>
    internal FoveaResult Training { get; }

    public string Dataset => Path.Combine(_folder, "phantoms");

    public string Run => Path.Combine(_folder, "run");

    public string New(string name) => Path.Combine(_folder, name + Guid.NewGuid().ToString("N"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static string[] Set(string setting) => ["--set", setting];
}
