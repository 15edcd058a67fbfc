using Fovea.Core.Errors;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// An image that a run begins from in place of noise alone, and what of it stays. The run begins part of the way down, with x0 noised to that level: Meng et
/// al.,
/// "SDEdit: guided image synthesis and editing with stochastic differential equations", 2021. What is to stay is put back after each step, at the step's level;
/// then
/// the step is taken again from noise added to its result, so that the rest comes to fit what stays: Lugmayr et al.,
/// "RePaint: inpainting using denoising diffusion probabilistic models", 2022, algorithm 1 with jumps of one step. At the clean end what stays is x0 to the
/// last bit.
/// </summary>
public sealed record KnownImage
{
    /// <summary>x0, shaped like the initial noise; left as it is.</summary>
    public required Tensor Clean { get; init; }

    /// <summary>The share of the steps that are taken, in (0, 1]; at least one is. 1 begins at the first level, where next to nothing of x0 is left.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>1 where x0 stays and 0 where it does not, of a shape that broadcasts to that of x0; null where nothing must stay.</summary>
    public Tensor? Keep { get; init; }

    /// <summary>How often each step is taken where something stays, 1 or more; each time calls the denoiser.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>How often each step is taken.</summary>
    internal int Times => Keep is null ? 1 : Repeats;

    /// <summary>The first step that is taken, of as many as a grid has.</summary>
    /// <exception cref="InputException">The strength or the number of repeats is out of range.</exception>
    public int FirstStep(int steps)
    {
        if (Repeats < 1) throw new InputException($"repeats: {Repeats} is not allowed; allowed: 1 and above");
        if (!(Strength is > 0 and <= 1)) throw new InputException($"strength: {Strength} is not allowed; allowed: above 0, up to 1");
        return steps - Math.Clamp((int)Math.Round(Strength * steps, MidpointRounding.AwayFromZero), 1, steps);
    }

    /// <summary>α·x0 + σ·ε at a level.</summary>
    internal Tensor At(NoiseLevel level, Tensor noise) => TensorMath.Combine(level.Alpha, Clean, level.Sigma, noise);

    /// <summary>The samples at a level with what stays put back.</summary>
    internal Tensor Restore(Tensor latent, NoiseLevel level, Tensor noise)
    {
        using var scope = NewDisposeScope();
        return where(Keep!.to_type(ScalarType.Bool), At(level, noise), latent).MoveToOuterDisposeScope();
    }
}
