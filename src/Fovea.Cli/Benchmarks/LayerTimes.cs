using System.Diagnostics;
using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Cli.Benchmarks;

/// <summary>
/// A network's layers by themselves: each with the shape that it has inside, forward and backward, on one part of a batch and its threads. Parts run beside
/// each other, so that the time of one is the time of all.
/// </summary>
internal sealed class LayerTimes : IDisposable
{
    private readonly List<(nn.Module<Tensor, Tensor> Layer, long[] Shape, long Products)> _layers = [];
    private readonly nn.Module _network;
    private readonly BatchParts _parts;
    private readonly Precision _precision;

    /// <summary>Finds the layers and their shapes by one pass.</summary>
    internal LayerTimes(nn.Module network, Action forward, BatchParts parts, Precision precision)
    {
        (_network, _parts, _precision) = (network, parts, precision);
        var hooks = Layers(network).Select(layer => layer.register_forward_hook((module, input, output) =>
        {
            _layers.Add(((nn.Module<Tensor, Tensor>)module, [_parts.Parts[0].Count * input.shape[0], .. input.shape[1..]], Products(module, output)));
            return output;
        })).ToList();
        forward();
        foreach (var hook in hooks) hook.remove();
    }

    public void Dispose() => _layers.Clear();

    internal TrainingSpeed Measure(TimeSpan time, CancellationToken cancellation)
    {
        var threads = get_num_threads();
        set_num_threads(_parts.Threads);
        try
        {
            var each = time / (_layers.Count + 2);
            var seconds = _layers.Select(layer => (layer.Layer, layer.Products, Time: Shortest(layer.Layer, layer.Shape, each, cancellation))).ToList();
            double Sum<TLayer>() => seconds.Where(s => s.Layer is TLayer).Sum(s => s.Time);
            var convolutions = seconds.Where(s => s.Products > 0).ToList();
            return new TrainingSpeed
            {
                // Forward, gradient of the input, gradient of the weights; each product with its sum is two operations.
                Gigaflops = 6e-9 * convolutions.Sum(s => s.Products) * _parts.Parts[0].Batch,
                MachineRate = convolutions.Max(s => 6e-9 * s.Products * _parts.Parts[0].Count / s.Time) * _parts.Parts.Count,
                Convolutions = convolutions.Sum(s => s.Time),
                Normalisation = Sum<GroupNorm>(),
                Attention = Sum<AttentionBlock>(),
                AngleLayers = Sum<AngleConvolution>(),
                Optimizer = Optimizer(),
            };
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Seconds of the fastest pass forward and backward through a layer.</summary>
    internal static double Shortest(nn.Module<Tensor, Tensor> layer, long[] shape, TimeSpan time, CancellationToken cancellation)
    {
        var best = double.MaxValue;
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 3 || clock.Elapsed < time; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var input = randn(shape).requires_grad_();
            best = Math.Min(best, TrainingBenchmark.Seconds(() =>
            {
                var output = layer.call(input);
                output.backward([ones_like(output)]);
            }));
            foreach (var parameter in layer.parameters()) parameter.grad = null;
        }

        return best;
    }

    // A step whose loss is the sum of all parameters: next to no time for the gradients, the rest as in every step.
    private double Optimizer()
    {
        using var standIn = new ParameterCopy(_network);
        using var trained = new TrainedNetwork<ParameterCopy>(standIn, 0.9, _parts, () => new ParameterCopy(_network));
        double Step() => TrainingBenchmark.Seconds(() => trained.Step(0, (_, copy) => copy.Sum().backward()));
        Step();
        return Enumerable.Range(0, 5).Min(_ => Step());
    }

    private static long Products(nn.Module module, Tensor output) => module switch
    {
        PaddedConvolution layer => output.numel() * layer.Weight.numel() / layer.Weight.shape[0],
        Conv2d layer => output.numel() * layer.weight!.numel() / layer.weight.shape[0],
        _ => 0,
    };

    // What stands for itself: attention and quantum layers with all that is in them, else the innermost layers.
    private static IEnumerable<nn.Module<Tensor, Tensor>> Layers(nn.Module module) => module switch
    {
        AttentionBlock or AngleConvolution or PaddedConvolution or Conv2d or GroupNorm => [(nn.Module<Tensor, Tensor>)module],
        _ => module.children().SelectMany(Layers),
    };

    /// <summary>Parameters of the shapes of a network's, and nothing else.</summary>
    private sealed class ParameterCopy : nn.Module
    {
        private readonly ParameterList _all;

        internal ParameterCopy(nn.Module network) : base(nameof(ParameterCopy))
        {
            _all = new ParameterList([.. network.parameters().Where(p => p.requires_grad).Select(CopyOf)]);
            RegisterComponents();
        }

        private static Parameter CopyOf(Parameter parameter)
        {
            using var detached = parameter.detach();
            return nn.Parameter(detached.clone());
        }

        internal Tensor Sum() => stack(_all.Select(p => p.sum())).sum();
    }
}
