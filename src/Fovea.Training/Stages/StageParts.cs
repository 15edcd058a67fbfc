using Fovea.Core.Errors;
using Fovea.Diffusion.Schedules;
using Fovea.Models;
using Fovea.Torch.Tensors;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>The learning rate as a pure function of the step: linear warm-up, then a half cosine down to a tenth.</summary>
public static class LearningRate
{
    private const double FinalShare = 0.1;

    /// <summary>The rate of a step (0-based) of a stage of <paramref name="steps"/> steps.</summary>
    public static double At(long step, int steps, int warmup, double peak)
    {
        if (step < warmup) return peak * (step + 1) / warmup;
        var progress = Math.Min(1.0, (double)(step - warmup) / Math.Max(1, steps - warmup));
        return peak * (FinalShare + (1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}

/// <summary>Norms of gradients, for the log.</summary>
internal static class GradientNorms
{
    private const string Name = "circuit_gradient_norm";

    /// <summary>Adds the Euclidean norm over the circuit weights of a network, and where it has several quantum layers that of each; nothing without circuits.</summary>
    internal static void AddCircuits(Dictionary<string, double> figures, nn.Module module)
    {
        using var scope = NewDisposeScope();
        var squares = QuantumLayerNames.Of((Name, module))
            .Where(layer => layer.Layer.Weights.grad is not null)
            .Select(layer => (layer.Name, Square: layer.Layer.Weights.grad!.Squared().sum().ToDouble()))
            .ToList();
        if (squares.Count == 0) return;
        figures[Name] = Math.Sqrt(squares.Sum(layer => layer.Square));
        if (squares.Count > 1)
            foreach (var (name, square) in squares) figures[name] = Math.Sqrt(square);
    }
}

/// <summary>Counts circuit evaluations by running a network.</summary>
internal static class CircuitCounter
{
    /// <summary>Circuits that the network evaluates in one call of <paramref name="forward"/>.</summary>
    internal static long Count(nn.Module network, Func<Tensor> forward)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var layers = ParameterReport.QuantumLayersOf(network);
        var before = layers.Sum(layer => layer.CircuitsEvaluated);
        forward();
        return layers.Sum(layer => layer.CircuitsEvaluated) - before;
    }
}

/// <summary>Puts the parts of a stage's state under prefixes, and takes them out again.</summary>
public static class StateDictionary
{
    /// <summary>All parts in one, each name behind its part's prefix and a point.</summary>
    public static Dictionary<string, Tensor> Join(params (string Prefix, IReadOnlyDictionary<string, Tensor> Part)[] parts) =>
        parts.SelectMany(p => p.Part.Select(t => (Key: $"{p.Prefix}.{t.Key}", t.Value))).ToDictionary(t => t.Key, t => t.Value);

    /// <summary>The tensors behind one prefix, under their own names.</summary>
    /// <param name="state">The whole.</param>
    /// <param name="prefix">The part's prefix, without the point.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public static Dictionary<string, Tensor> Part(this IReadOnlyDictionary<string, Tensor> state, string prefix, string source)
    {
        var part = state.Where(t => t.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(t => t.Key[(prefix.Length + 1)..], t => t.Value);
        return part.Count > 0 ? part : throw new InputException($"{source}: has no part '{prefix}'; it belongs to another kind of run");
    }
}

/// <summary>Makes the diffusion process that a configuration describes.</summary>
internal static class DiffusionProcess
{
    internal static NoiseSchedule ScheduleOf(DiffusionOptions options) => NoiseSchedule.Create(new NoiseScheduleOptions
    {
        Kind = ScheduleKinds.Parse(options.Schedule),
        Timesteps = options.Timesteps,
        ZeroTerminalSnr = options.ZeroTerminalSnr,
    });
}
