using static TorchSharp.torch;

namespace Fovea.Training.Runs;

/// <summary>
/// One network's training, a step at a time. A step is a function of the state and the step's number alone, so that loading the
/// state of step s and going on gives the same weights as never having stopped.
/// </summary>
public interface ITrainingStage : IDisposable
{
    /// <summary>The stage's name, in file names and logs.</summary>
    string Name { get; }

    /// <summary>Steps in all.</summary>
    int Steps { get; }

    /// <summary>Items (images, latents) a step.</summary>
    int Batch { get; }

    /// <summary>The network that is trained.</summary>
    nn.Module Network { get; }

    /// <summary>Circuits that a step evaluates forward.</summary>
    long CircuitsPerStep { get; }

    /// <summary>Does one optimizer step and returns its figures; <c>loss</c> is among them.</summary>
    IReadOnlyDictionary<string, double> Step(long step);

    /// <summary>The loss of the averaged weights on held-out images, comparable with that of a step; null when none are held out.</summary>
    double? HeldOutLoss() => null;

    /// <summary>
    /// What the held-out loss owes to the circuits, or to the controls in their places: what it rises by when circuits get back the weights that they
    /// started with, and when each layer's middle gives the mean of its numbers. Empty without such layers.
    /// </summary>
    /// <param name="loss">The held-out loss.</param>
    /// <param name="ofEach">Whether each layer is measured too.</param>
    IReadOnlyDictionary<string, double> MeasureLayers(double loss, bool ofEach) => new Dictionary<string, double>();

    /// <summary>Everything that the next step depends on: weights, averages, optimizer moments. The tensors stay the stage's own.</summary>
    IReadOnlyDictionary<string, Tensor> State();

    /// <summary>Copies a state in; <paramref name="source"/> names its file in messages.</summary>
    void LoadState(IReadOnlyDictionary<string, Tensor> state, string source);

    /// <summary>Writes the averaged weights for use after training.</summary>
    void Export(long stepsDone);

    /// <summary>Writes a picture grid that shows where training stands.</summary>
    void DrawGrid(long stepsDone);
}

/// <summary>The two stages of a training, in order, as they are named in logs, checkpoints' files and the names of layers.</summary>
public static class StageNames
{
    /// <summary>The first.</summary>
    public const string Autoencoder = "autoencoder";

    /// <summary>The second, on latents of the first.</summary>
    public const string Denoiser = "denoiser";

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> All { get; } = [Autoencoder, Denoiser];
}
