using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>
/// Ends a training when it has converged: the rate stays at its peak until the held-out loss no longer falls, and then falls along a half cosine for a
/// fifth of the steps done. A function of the losses that were observed, which are part of the stage's state, so that a resumed run does the same.
/// </summary>
/// <param name="share">The held-out loss has to fall by this share of itself, in (0, 1) …</param>
/// <param name="patience">… within so many steps, 5 or more; it is measured five times in them.</param>
/// <param name="cap">The last step; the rate falls over the last sixth of them where nothing converged before.</param>
/// <param name="warmup">Steps until the rate is at its peak: what the loss does before says nothing of where it will stay.</param>
internal sealed class Convergence(double share, int patience, int cap, int warmup) : IDisposable
{
    private const int Checks = 5;
    private const int CooldownPart = 5;
    private readonly List<double> _losses = [];
    private Tensor? _state;
    private long? _converged;

    /// <summary>That of a configuration; null where it asks for a number of steps.</summary>
    public static Convergence? Build(DenoiserTrainingOptions options) =>
        options.Convergence > 0 ? new(options.Convergence, options.Patience, options.Steps, options.Warmup) : null;

    /// <summary>Steps between two observations.</summary>
    public int Interval => patience / Checks;

    /// <summary>Steps in all, as far as is known: the cap until it has converged.</summary>
    public int End => _converged is { } step ? (int)(step + Math.Max(1, step / CooldownPart)) : cap;

    private long CooldownStart => _converged ?? LastStart;

    // Of the cooldown that still fits under the cap.
    private long LastStart => cap - (cap / (CooldownPart + 1));

    /// <summary>The rate of a step (0-based): warm-up, peak, half cosine to a tenth.</summary>
    public double RateAt(long step, double peak) => step < CooldownStart || step < warmup
        ? peak * Math.Min(1.0, (step + 1.0) / Math.Max(1, warmup))
        : LearningRate.At(step - CooldownStart, (int)(End - CooldownStart), 0, peak);

    /// <summary>Notes the loss after so many steps, where it is time for it.</summary>
    public void Observe(long stepsDone, Func<double> heldOutLoss)
    {
        if (_converged is not null || stepsDone % Interval != 0 || stepsDone >= LastStart) return;
        Note(heldOutLoss());
        _state?.Dispose();
        _state = tensor(_losses.ToArray(), float64).DetachFromDisposeScope();
    }

    /// <summary>What is to be stored: the losses that were observed, float64; empty before the first.</summary>
    public IReadOnlyDictionary<string, Tensor> State() =>
        _state is null ? new Dictionary<string, Tensor>() : new Dictionary<string, Tensor> { ["losses"] = _state };

    /// <summary>Goes on from a stored state.</summary>
    /// <param name="losses">The losses; null where none were observed.</param>
    public void Load(Tensor? losses)
    {
        _state?.Dispose();
        (_state, _converged) = (losses?.clone().DetachFromDisposeScope(), null);
        _losses.Clear();
        foreach (var loss in losses is null ? [] : losses.data<double>().ToArray()) Note(loss);
    }

    /// <inheritdoc />
    public void Dispose() => _state?.Dispose();

    private void Note(double loss)
    {
        _losses.Add(loss);
        if (_losses.Count <= Checks || (long)(_losses.Count - Checks) * Interval < warmup) return;
        var (before, recent) = (_losses.SkipLast(Checks).Min(), _losses.TakeLast(Checks).Min());
        if (recent > before - (share * Math.Abs(before))) _converged = (long)_losses.Count * Interval;
    }
}
