using Fovea.Evaluation.Packing;
using Fovea.Imaging.Phantom;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Training;

namespace Fovea.Tests.Evaluation.Packing;

/// <summary>A run of a few steps on 240 phantoms, 24 of them held out, and what was packed of it.</summary>
public sealed class PackedRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _packed;

    public PackedRun()
    {
        PhantomDataset.Write(new PhantomOptions { Folder = Dataset, Count = 240, Size = 32, Seed = 1, Threads = 1 });
        var request = new TrainingRequest { Dataset = Dataset, Output = Run };
        new TrainingRun(TinyRun.Config("denoiser.class_conditional=false"), request).Execute(cancellation: TestContext.Current.CancellationToken);
        _packed = new(() =>
        {
            var output = New("packed");
            ModelPacker.Execute(Request(output), TestContext.Current.CancellationToken);
            return output;
        });
    }

    internal string Dataset => _folder.File("phantoms");

    internal string Run => _folder.File("run");

    /// <summary>The packed model's folder; made when first asked for.</summary>
    internal string Packed => _packed.Value;

    internal string New(string name) => _folder.File($"{name}-{Guid.NewGuid():N}");

    internal PackRequest Request(string output) => new() { Run = Run, Data = Dataset, Output = output, Count = 30, Threads = 1, Cache = _folder.File("cache") };

    public void Dispose() => _folder.Dispose();
}
