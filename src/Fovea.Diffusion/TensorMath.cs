using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Diffusion;

/// <summary>
/// Tensor arithmetic with double coefficients. A <see cref="Scalar"/> is not kept by a dispose scope and may be finalised
/// during the native call, so each is held by a using declaration here and nowhere made implicitly.
/// </summary>
internal static class TensorMath
{
    /// <summary>a·x + b·y as a new tensor in the element type of x.</summary>
    public static Tensor Combine(double a, Tensor x, double b, Tensor y)
    {
        using Scalar first = a;
        using Scalar second = b;
        return x.mul(first).add_(y, second);
    }

    /// <summary>x += b·y in place; returns x.</summary>
    public static Tensor AddScaled(Tensor x, double b, Tensor y)
    {
        using Scalar factor = b;
        return x.add_(y, factor);
    }

    /// <summary>x limited to [−limit, limit].</summary>
    public static Tensor Clamp(Tensor x, double limit)
    {
        using Scalar low = -limit;
        using Scalar high = limit;
        return x.clamp(low, high);
    }

    /// <summary>A vector of one timestep repeated, int64 [batch], on the device of <paramref name="like"/>.</summary>
    public static Tensor Timesteps(int timestep, Tensor like)
    {
        using Scalar value = (long)timestep;
        return full([like.shape[0]], value, dtype: ScalarType.Int64, device: like.device);
    }

    /// <summary>
    /// The table's entries at the timesteps, shaped [batch, 1, …, 1] to multiply <paramref name="like"/>: float64 for a
    /// float64 tensor, float32 for any other, so that half-precision data meets coefficients of full precision.
    /// </summary>
    public static Tensor PerSample(double[] table, Tensor timesteps, Tensor like)
    {
        var dtype = like.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var shape = new long[like.dim()];
        Array.Fill(shape, 1);
        shape[0] = timesteps.shape[0];
        return tensor(table).to(dtype).to(like.device).index_select(0, timesteps).view(shape);
    }

    /// <summary>Throws unless there is one int64 timestep for each sample of <paramref name="batch"/>.</summary>
    public static void RequireTimesteps(Tensor timesteps, Tensor batch)
    {
        if (timesteps.dtype != ScalarType.Int64 || timesteps.dim() != 1 || timesteps.shape[0] != batch.shape[0])
        {
            throw new ArgumentException(
                $"one int64 timestep a sample is needed: [{batch.shape[0]}] expected, {timesteps.dtype} [{string.Join(", ", timesteps.shape)}] given",
                nameof(timesteps));
        }
    }
}
