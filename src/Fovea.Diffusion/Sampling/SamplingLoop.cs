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
        var first = request.Image?.FirstStep(grid.Steps) ?? 0;
        var latent = request.Image?.At(grid.Levels[first], request.InitialNoise) ?? request.InitialNoise.alias();
        Tensor? previousClean = null;
        var times = request.Image?.Times ?? 1;
        for (var (i, time) = (first, 0); i < grid.Steps; (i, time) = time + 1 < times ? (i, time + 1) : (i + 1, 0))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var begun = time == 0 ? latent : Raise(request, grid, i, time, latent);
            var (clean, noise) = Denoise(request, grid, i, begun);
            var next = step(new StepState(request, grid, i, begun, clean, noise, previousClean, time == 0 ? i + 1 : DrawOf(request, grid, 2, i, time)));
            if (request.Image is { Keep: not null } image) next = image.Restore(next, grid.Levels[i + 1], KeptNoise(request, grid, i, time));
            latent.Dispose();
            latent = next.MoveToOuterDisposeScope();
            if (time + 1 < times) continue;
            request.OnStep?.Invoke(new SamplingStep(i, grid.Steps, grid.Timesteps[i], latent, clean));
            previousClean?.Dispose();
            previousClean = clean.MoveToOuterDisposeScope();
            request.Progress?.Report(new ProgressUpdate($"{name} sampling", i + 1, grid.Steps, "steps"));
        }

        return latent.MoveToOuterDisposeScope();
    }

    /// <summary>The samples of level i + 1 with noise added up to level i: a draw of x_t given x_s.</summary>
    private static Tensor Raise(SamplingRequest request, TimestepGrid grid, int i, int time, Tensor latent)
    {
        var (to, from) = (grid.Levels[i], grid.Levels[i + 1]);
        var kept = to.Alpha / from.Alpha;
        var noise = request.Noise.Normal(latent.shape, DrawOf(request, grid, 0, i, time), latent.dtype, latent.device);
        return TensorMath.Combine(kept, latent, Math.Sqrt(Math.Max(0, to.Sigma * to.Sigma - kept * kept * from.Sigma * from.Sigma)), noise);
    }

    // Where a step is taken again what stays has noise of its own each time, or the rest would come to fit one draw of it.
    private static Tensor KeptNoise(SamplingRequest request, TimestepGrid grid, int i, int time) => request.Image!.Times == 1
        ? request.InitialNoise
        : request.Noise.Normal(request.InitialNoise.shape, DrawOf(request, grid, 1, i, time), request.InitialNoise.dtype, request.InitialNoise.device);

    // After the draws of the steps themselves.
    private static int DrawOf(SamplingRequest request, TimestepGrid grid, int purpose, int i, int time) =>
        grid.Steps + 1 + (purpose * grid.Steps + i) * request.Image!.Times + time;

    public static void Validate(NoiseSchedule schedule, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Options.Problems(schedule) is { Count: > 0 } problems) throw new InputException(string.Join("; ", problems));
        request.Denoiser.Kind.RequireUsableWith(schedule);
    }

    public static (Tensor Clean, Tensor Noise) Denoise(SamplingRequest request, TimestepGrid grid, int index, Tensor latent)
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
/// <param name="OwnDraw">The draw of the noise that the step adds: another one each time that a step is taken, or it would add up.</param>
internal readonly record struct StepState(
    SamplingRequest Request, TimestepGrid Grid, int Index, Tensor Latent, Tensor Clean, Tensor Noise, Tensor? PreviousClean, int OwnDraw)
{
    public NoiseLevel From => Grid.Levels[Index];

    public NoiseLevel To => Grid.Levels[Index + 1];

    /// <summary>The standard normal noise of this step.</summary>
    public Tensor Draw() => Request.Noise.Normal(Latent.shape, OwnDraw, Latent.dtype, Latent.device);
}
