using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Between two samples of noise: on the sphere's arc, since a straight line between them runs through points far shorter than any noise (Shoemake, "Animating
/// rotation
/// with quaternion curves", 1985; for latents White, "Sampling generative networks", 2016).
/// </summary>
public static class SphericalInterpolation
{
    private const double LeastAngle = 1e-4;

    /// <summary>sin((1 − t)·θ)/sin θ · a + sin(t·θ)/sin θ · b, θ the angle between a and b as vectors; a straight line where they point the same way.</summary>
    /// <param name="a">The sample at t = 0.</param>
    /// <param name="b">The sample at t = 1, of the same shape.</param>
    /// <param name="t">The place between them, 0 to 1.</param>
    /// <returns>A new tensor in the caller's dispose scope.</returns>
    public static Tensor At(Tensor a, Tensor b, double t)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        using var scope = NewDisposeScope();
        var cosine = nn.functional.cosine_similarity(a.flatten().to_type(ScalarType.Float64), b.flatten().to_type(ScalarType.Float64), 0).item<double>();
        var angle = Math.Acos(Math.Clamp(cosine, -1, 1));
        // Opposite ways have no arc of their own either.
        var (first, second) = angle < LeastAngle || angle > Math.PI - LeastAngle
            ? (1 - t, t)
            : (Math.Sin((1 - t) * angle) / Math.Sin(angle), Math.Sin(t * angle) / Math.Sin(angle));
        return TensorMath.Combine(first, a, second, b).MoveToOuterDisposeScope();
    }
}
