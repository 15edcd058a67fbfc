using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// What all samplers share: validation, the walk down the grid with one denoiser call and one dispose scope a step, the
/// conversion to x0 and ε, reports and cancellation. A sampler adds the rule that makes the next x out of these.
/// </summary>
internal static class SamplingLoop
{
    public static Tensor Run(
        string name, NoiseSchedule schedule, SamplingRequest request, Func<StepState, Tensor> step, CancellationToken cancellation)
    {
        Validate(schedule, request);
        var grid = new TimestepGrid(schedule, request.Options.Spacing, request.Options.Steps);
        using var noGradients = no_grad();
        using var run = NewDisposeScope();
        var latent = request.InitialNoise.alias();
        Tensor? previousClean = null;
        for (var i = 0; i < grid.Steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (clean, noise) = Denoise(request, grid, i, latent);
            var next = step(new StepState(request, grid, i, latent, clean, noise, previousClean));
            request.OnStep?.Invoke(new SamplingStep(i, grid.Steps, grid.Timesteps[i], next, clean));
            latent.Dispose();
            previousClean?.Dispose();
            latent = next.MoveToOuterDisposeScope();
            previousClean = clean.MoveToOuterDisposeScope();
            request.Progress?.Report(new ProgressUpdate($"{name} sampling", i + 1, grid.Steps, "steps"));
        }

        return latent.MoveToOuterDisposeScope();
    }

    private static void Validate(NoiseSchedule schedule, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Options.Problems(schedule) is { Count: > 0 } problems) throw new InputException(string.Join("; ", problems));
        request.Denoiser.Kind.RequireUsableWith(schedule);
    }

    private static (Tensor Clean, Tensor Noise) Denoise(SamplingRequest request, TimestepGrid grid, int index, Tensor latent)
    {
        var (kind, level) = (request.Denoiser.Kind, grid.Levels[index]);
        var output = request.Denoiser.Predict(latent, TensorMath.Timesteps(grid.Timesteps[index], latent));
        if (!output.shape.AsSpan().SequenceEqual(latent.shape))
        {
            throw new InvalidOperationException(
                $"the denoiser returned [{string.Join(", ", output.shape)}], expected [{string.Join(", ", latent.shape)}]");
        }

        var (a, b) = PredictionCoefficients.Clean(kind, level);
        var clean = TensorMath.Combine(a, latent, b, output);
        if (CleanThreshold.IsOn(request.Options))
        {
            // ε must go with the limited x0, so it follows from x0 and not from the output.
            clean = CleanThreshold.Apply(clean, request.Options);
            (kind, output) = (PredictionKind.Sample, clean);
        }

        var (c, d) = PredictionCoefficients.Noise(kind, level);
        return (clean, TensorMath.Combine(c, latent, d, output));
    }
}

/// <summary>What is known when the samples move from <see cref="From"/> to <see cref="To"/>.</summary>
/// <param name="Request">The run's settings.</param>
/// <param name="Grid">All noise levels.</param>
/// <param name="Index">The step, from 0.</param>
/// <param name="Latent">x at <see cref="From"/>.</param>
/// <param name="Clean">The denoiser's estimate of x0, with any threshold.</param>
/// <param name="Noise">The estimate of ε that goes with it: Latent = α·Clean + σ·Noise.</param>
/// <param name="PreviousClean">The estimate of x0 one step before; null at the first step.</param>
internal readonly record struct StepState(
    SamplingRequest Request, TimestepGrid Grid, int Index, Tensor Latent, Tensor Clean, Tensor Noise, Tensor? PreviousClean)
{
    public NoiseLevel From => Grid.Levels[Index];

    public NoiseLevel To => Grid.Levels[Index + 1];

    /// <summary>The standard normal noise of this step.</summary>
    public Tensor Draw() => Request.Noise.Normal(Latent.shape, Index + 1, Latent.dtype, Latent.device);
}
