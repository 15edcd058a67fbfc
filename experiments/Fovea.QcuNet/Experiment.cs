using System.Diagnostics;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Diffusion.Losses;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.QcuNet;

/// <summary>
/// One arm trained from one seed. As in the published program the noise is predicted on the cosine schedule, weighted by P2 with γ = k = 1, and Adam goes at
/// 1e-3 with β₂ 0.99; the batch, the number of steps and the average of the weights are ours. Images, timesteps and noise of a seed are those of every arm,
/// and so are the initial weights of parts that arms share.
/// </summary>
internal sealed class Experiment : IDisposable
{
    private const int Side = 64, Batch = 8, HeldOutImages = 256, TimestepsPerImage = 8;
    private const ulong HeldOutSeed = 1_000_000;
    private const double Rate = 1e-3;

    private readonly Arm _arm;
    private readonly int _seed;
    private readonly ImageDataset _dataset;
    private readonly NoiseSchedule _schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.Cosine });
    private readonly DiffusionLoss _loss;
    private readonly Network _network;
    private readonly ExponentialMovingAverage _average;
    private readonly Dictionary<string, float[]> _start;
    private double _secondsPerStep;
    private int _steps;

    internal Experiment(Arm arm, int seed, ImageDataset dataset)
    {
        if (dataset.Size != Side || !dataset.IndicesOf(Split.Val).ToArray().Any(index => dataset.Entries[index].Label is not null))
            throw new InputException($"{dataset.Folder}: the network takes images of {Side} px, some of the validation images with a class");
        (_arm, _seed, _dataset) = (arm, seed, dataset);
        _loss = new DiffusionLoss(_schedule, PredictionKind.Epsilon, new P2Weighting());
        // The class after the last is that of images without one.
        _network = new Network(arm, dataset.ClassNames.Count + 1);
        SeededInitialization.Apply(_network, (ulong)seed);
        _average = new ExponentialMovingAverage(_network, 0.9995);
        _start = _network.Circuits().ToDictionary(circuit => circuit.Name, circuit => TensorSpans.ToArray<float>(circuit.Weights.detach()));
    }

    /// <summary>Trains, and tells of it every 100 steps.</summary>
    internal void Train(int steps, Action<int, float, double> tell)
    {
        using var optimizer = Optimizer(isOfCircuits: false);
        using var ofCircuits = Optimizer(isOfCircuits: true);
        var images = _dataset.IndicesOf(Split.Train).ToArray();
        var order = new EpochOrder(_seed, images.Length, Batch);
        var clock = Stopwatch.StartNew();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var chosen = order.At(step).Select(at => images[at]).ToArray();
            var random = new CounterRandom((ulong)_seed, (ulong)step);
            var timesteps = tensor(chosen.Select(_ => (long)random.NextInt(_schedule.Timesteps)).ToArray());
            optimizer.ClearGradients();
            ofCircuits.ClearGradients();
            var loss = _loss.Compute(
                (noisy, at) => _network.call(noisy, at, Labels(chosen)), ImageTensors.FromDataset(_dataset, chosen), Noise(random, Batch), timesteps);
            SpanAutograd.Backward(loss);
            optimizer.Step(Rate);
            ofCircuits.Step(2 * Math.PI * Rate);
            _average.Update();
            if ((step + 1) % 100 == 0) tell(step + 1, loss.item<float>(), (step + 1) / clock.Elapsed.TotalSeconds);
        }

        (_steps, _secondsPerStep) = (steps, clock.Elapsed.TotalSeconds / Math.Max(1, steps));
    }

    /// <summary>Draws images by 25 steps of DDIM with the averaged weights, of classes in the shares of the validation images, a folder for each.</summary>
    internal void Sample(int count, string folder)
    {
        var labels = _dataset.IndicesOf(Split.Val).ToArray().Select(index => _dataset.Entries[index].Label).OfType<int>().ToArray();
        var noise = new CounterNoiseSource((ulong)_seed);
        using var averaged = _average.Swap();
        using var quiet = no_grad();
        for (var first = 0; first < count; first += 50)
        {
            using var scope = NewDisposeScope();
            var asked = Enumerable.Range(first, Math.Min(50, count - first)).Select(image => (long)labels[image * labels.Length / count]).ToArray();
            var here = noise.StartingAt(first);
            var images = SamplerRegistry.Create("ddim", _schedule).Sample(new SamplingRequest
            {
                Denoiser = new DelegateDenoiser(PredictionKind.Epsilon, (noisy, at) => _network.call(noisy, at, tensor(asked))),
                InitialNoise = here.Normal([asked.Length, 3, _dataset.Size, _dataset.Size], 0, ScalarType.Float32, CPU),
                Noise = here,
                Options = new SamplerOptions { Steps = 25, CleanLimit = 1 },
            });
            var pixels = ImageTensors.ToPixels(images);
            for (var i = 0; i < pixels.Length; i++)
            {
                var place = Path.Combine(folder, _dataset.ClassNames[(int)asked[i]]);
                Directory.CreateDirectory(place);
                PngFile.Write(Path.Combine(place, $"{first + i:D4}.png"), pixels[i], _dataset.Size, _dataset.Size);
            }
        }
    }

    /// <summary>What the cell says: the held-out error of the averaged weights, as trained and unweighted, and how far each circuit's angles moved.</summary>
    internal Result Measure()
    {
        var moved = Moved();
        using var averaged = _average.Swap();
        using var quiet = no_grad();
        var plain = new DiffusionLoss(_schedule, PredictionKind.Epsilon, new UniformWeighting());
        var errors = new List<(double Weighted, double Plain)>();
        var all = _dataset.IndicesOf(Split.Val).ToArray();
        // Spread evenly: the list is in the order of the sources.
        var images = EvenPick.Of(all, HeldOutImages);
        foreach (var index in images)
        {
            using var scope = NewDisposeScope();
            var random = new CounterRandom(HeldOutSeed, (ulong)index);
            int[] same = [.. Enumerable.Repeat(index, TimestepsPerImage)];
            var clean = ImageTensors.FromDataset(_dataset, same);
            var timesteps = tensor(Enumerable.Range(0, TimestepsPerImage)
                .Select(part => (long)((part + random.NextDouble()) * _schedule.Timesteps / TimestepsPerImage)).ToArray());
            var noise = Noise(random, TimestepsPerImage);
            var error = plain.PerSample((noisy, at) => _network.call(noisy, at, Labels(same)), clean, noise, timesteps);
            var each = TensorSpans.ToArray<float>(error);
            var weights = TensorSpans.ToArray<long>(timesteps).Select(t => _loss.Weights[(int)t]).ToArray();
            errors.Add((each.Select((value, i) => value * weights[i]).Average(), each.Average()));
        }

        return new Result(_arm.ToString(), _seed, _steps, _network.parameters().Sum(p => p.numel()), _secondsPerStep,
            errors.Average(e => e.Weighted), errors.Average(e => e.Plain), moved);
    }

    /// <summary>Keeps the averaged weights.</summary>
    internal void Save(string path)
    {
        using var averaged = _average.Swap();
        ModuleWeights.Save(_network, path);
    }

    public void Dispose()
    {
        _average.Dispose();
        _network.Dispose();
    }

    // The published weights of circuits are turns in [0, 1): a step of theirs is 2π of ours, their gradients are 2π times ours, and Adam's ε is beside them.
    private AdamW Optimizer(bool isOfCircuits) => new(
        _network.named_parameters().Where(p => p.name.Contains("circuit", StringComparison.Ordinal) == isOfCircuits),
        new AdamWOptions { Beta2 = 0.99, WeightDecay = 0, Epsilon = isOfCircuits ? 1e-8 / (2 * Math.PI) : 1e-8 });

    // Of the angles that moved at all: those without a gate, or of a circuit without effect, stay where they were. Controlled rotations have a period of 4π.
    private Dictionary<string, double> Moved() => _network.Circuits().ToDictionary(circuit => circuit.Name, circuit =>
    {
        var now = TensorSpans.ToArray<float>(circuit.Weights.detach());
        var moves = now.Zip(_start[circuit.Name], (a, b) => (double)a - b).Where(move => move != 0).ToArray();
        return moves.Length == 0 ? 0 : Math.Sqrt(moves.Average(move => move * move));
    });

    private Tensor Labels(IReadOnlyList<int> images) =>
        tensor(images.Select(index => (long)(_dataset.Entries[index].Label ?? _dataset.ClassNames.Count)).ToArray());

    private Tensor Noise(CounterRandom random, int count)
    {
        var values = new float[count * 3 * _dataset.Size * _dataset.Size];
        random.FillNormal(values);
        return tensor(values, [count, 3, _dataset.Size, _dataset.Size]);
    }
}

/// <summary>P2 with γ = k = 1 (Choi et al., arXiv 2204.00227): 1/(1 + SNR) of the noise's error.</summary>
internal sealed class P2Weighting : ILossWeighting
{
    public double Weight(double snr, PredictionKind kind) => 1 / (1 + snr);
}

/// <summary>What one cell says.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Seed">The seed of initial weights, images, timesteps and noise.</param>
/// <param name="Steps">Steps of training.</param>
/// <param name="Parameters">Parameters of the network.</param>
/// <param name="SecondsPerStep">On one thread of a busy machine.</param>
/// <param name="HeldOutLoss">Mean squared error of the noise, weighted as in training, on validation images.</param>
/// <param name="HeldOutError">The same, every timestep alike.</param>
/// <param name="Moved">How far those of each circuit's angles that moved did, rms in radians.</param>
internal sealed record Result(string Arm, int Seed, int Steps, long Parameters, double SecondsPerStep, double HeldOutLoss, double HeldOutError,
    IReadOnlyDictionary<string, double> Moved);
