using Fovea.Diffusion.Schedules;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>
/// Pairs (channel 0, channel 1) drawn from Σ_k w_k N(m_k, C_k), independently at each pixel of [batch, 2, h, w]. The noisy pairs
/// are then a mixture too, with means α·m_k and covariances α²·C_k + σ²·I, so E[x0 | x] is known in closed form.
/// </summary>
internal sealed class GaussianMixture(params GaussianMixture.Component[] components)
{
    internal sealed record Component(double Weight, double[] Mean, double[,] Covariance);

    public double[] Mean => [.. Enumerable.Range(0, 2).Select(i => components.Sum(c => c.Weight * c.Mean[i]))];

    public double[,] Covariance
    {
        get
        {
            var mean = Mean;
            var total = new double[2, 2];
            foreach (var c in components)
            {
                for (var i = 0; i < 2; i++)
                {
                    for (var j = 0; j < 2; j++)
                        total[i, j] += c.Weight * (c.Covariance[i, j] + (c.Mean[i] - mean[i]) * (c.Mean[j] - mean[j]));
                }
            }

            return total;
        }
    }

    /// <summary>E[x0 | x] = Σ_k r_k(x)·(m_k + α·C_k·S_k⁻¹·(x − α·m_k)), S_k = α²·C_k + σ²·I, r_k the posterior weights.</summary>
    public torch.Tensor ConditionalMean(torch.Tensor x, NoiseLevel level)
    {
        var pairs = x.flatten(2);
        var logWeights = new List<torch.Tensor>();
        var means = new List<torch.Tensor>();
        foreach (var c in components)
        {
            var (alpha, a2, s2) = (level.Alpha, level.Alpha * level.Alpha, level.Sigma * level.Sigma);
            var s00 = a2 * c.Covariance[0, 0] + s2;
            var s11 = a2 * c.Covariance[1, 1] + s2;
            var s01 = a2 * c.Covariance[0, 1];
            var determinant = s00 * s11 - s01 * s01;
            var inverse = tensor(new[,] { { s11 / determinant, -s01 / determinant }, { -s01 / determinant, s00 / determinant } });
            var mean = tensor(c.Mean).view(1, 2, 1);
            var centred = pairs - tensor(alpha) * mean;
            var solved = inverse.matmul(centred);
            logWeights.Add(tensor(Math.Log(c.Weight) - 0.5 * Math.Log(determinant))
                - tensor(0.5) * (centred * solved).sum(1, keepdim: true));
            means.Add(mean.Plus(tensor(alpha) * tensor(c.Covariance).matmul(solved)));
        }

        var responsibilities = cat(logWeights, 1).softmax(1);
        var sum = zeros_like(pairs);
        for (var k = 0; k < components.Length; k++) sum = sum.Plus(responsibilities.narrow(1, k, 1) * means[k]);
        return sum.view(x.shape);
    }
}
