using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Evaluation;

[Collection(nameof(MemoryMeasurements))]
public class StructuralSimilarityTests
{
    private const int Channels = 2;
    private const int Height = 17;
    private const int Width = 13;

    [Fact]
    public void PerImage_RandomImages_EqualsTheDirectDefinition()
    {
        var (a, b) = Pair(0.2f);
        var actual = PerImage(a, b);
        var (first, second) = (TensorSpans.ToArray<float>(a), TensorSpans.ToArray<float>(b));
        const int Size = Channels * Height * Width;
        for (var image = 0; image < 3; image++)
        {
            var expected = Direct(first.AsSpan(image * Size, Size).ToArray(), second.AsSpan(image * Size, Size).ToArray());
            Assert.InRange(expected, 0.1, 0.98);
            // Variances are differences of float32 averages of order 1 (error 1e-7) over C2 = 0.0036: 5e-5 at most.
            Assert.Equal(expected, actual[image], 5e-5);
        }
    }

    // The parts of a batch share one instance, each on its thread; a size that is new to all of them at once is the moment.
    [Fact]
    public void PerImage_ThreadsThatMeetNewSizesTogether_MakeEachWindowOnce()
    {
        const int Threads = 2, Least = 11, Most = 170;
        using var similarity = new StructuralSimilarity();
        var (arrived, made) = (0, 0L);
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            var before = DisposeScopeManager.Statistics.DetachedFromScopeCount;
            for (var side = Least; side <= Most; side++)
            {
                Interlocked.Increment(ref arrived);
                var wait = new SpinWait();
                while (Volatile.Read(ref arrived) < Threads * (side - Least + 1)) wait.SpinOnce(sleep1Threshold: -1);
                try
                {
                    using var scope = NewDisposeScope();
                    var image = zeros(1, 1, side, side);
                    Assert.Equal(1, TensorSpans.ToArray<float>(similarity.PerImage(image, image))[0], 1e-6);
                }
                catch (Exception e)
                {
                    failures.Add(e);
                }
            }

            Interlocked.Add(ref made, DisposeScopeManager.Statistics.DetachedFromScopeCount - before);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(failures);
        Assert.Equal(Most - Least + 1, made);
    }

    [Fact]
    public void PerImage_SameImage_IsOne()
    {
        var (a, _) = Pair(0.4f);
        Assert.All(PerImage(a, a), s => Assert.Equal(1, s, 1e-6));
    }

    [Fact]
    public void PerImage_MoreNoise_IsLessSimilarAndSymmetric()
    {
        var (a, b) = Pair(0.1f);
        var (_, c) = Pair(0.6f);
        var (near, far) = (PerImage(a, b), PerImage(a, c));
        for (var i = 0; i < near.Length; i++) Assert.True(near[i] > far[i] + 0.1);
        Assert.All(near.Zip(PerImage(b, a)), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    // Two constant images: SSIM = (2ab + C1) / (a² + b² + C1), C1 = 0.01² for a and b on [0, 1], where 0.5 and −0.25 are 0.75 and 0.375.
    [Fact]
    public void PerImage_ConstantImages_IsTheLuminanceTermAlone()
    {
        using var a = full([1, 1, 16, 16], 0.5f);
        using var b = full([1, 1, 16, 16], -0.25f);
        // As above: the variances of constants are rounding errors of 1e-7 against C2 = 0.0036.
        Assert.Equal((2 * 0.75 * 0.375 + 0.0001) / (0.75 * 0.75 + 0.375 * 0.375 + 0.0001), PerImage(a, b)[0], 1e-4);
    }

    // What trainings minimise has stayed: the same images by the means on [−1, 1], C1 = (0.01 · 2)².
    [Fact]
    public void SignedPerImage_ConstantImages_TakesTheSignedMeans()
    {
        using var a = full([1, 1, 16, 16], 0.5f);
        using var b = full([1, 1, 16, 16], -0.25f);
        using var similarity = new StructuralSimilarity();
        Assert.Equal((2 * 0.5 * -0.25 + 0.0004) / (0.25 + 0.0625 + 0.0004), TensorSpans.ToArray<float>(similarity.SignedPerImage(a, b))[0], 1e-4);
    }

    private static (Tensor A, Tensor B) Pair(float noise)
    {
        var a = TensorSpans.ToArray<float>(Networks.Normal(1, 3, Channels, Height, Width)).Select(v => MathF.Tanh(v)).ToArray();
        var n = TensorSpans.ToArray<float>(Networks.Normal(2, 3, Channels, Height, Width));
        var b = a.Zip(n).Select((p, i) => Math.Clamp(p.First + noise * (1 + i / (Channels * Height * Width)) * p.Second, -1, 1)).ToArray();
        return (TensorSpans.FromFloats(a, 3, Channels, Height, Width), TensorSpans.FromFloats(b, 3, Channels, Height, Width));
    }

    private static float[] PerImage(Tensor a, Tensor b) => CollectionPause.Run(() =>
    {
        using var scope = NewDisposeScope();
        using var similarity = new StructuralSimilarity();
        return TensorSpans.ToArray<float>(similarity.PerImage(a, b));
    });

    private static double Direct(float[] a, float[] b)
    {
        // As published for a range of 1: the pixels on [0, 1].
        (a, b) = ([.. a.Select(v => (v + 1) / 2)], [.. b.Select(v => (v + 1) / 2)]);
        var (c1, c2) = (Math.Pow(0.01, 2), Math.Pow(0.03, 2));
        double total = 0;
        var count = 0;
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var top = 0; top + 11 <= Height; top++)
            {
                for (var left = 0; left + 11 <= Width; left++)
                {
                    double weights = 0, meanA = 0, meanB = 0, squareA = 0, squareB = 0, product = 0;
                    for (var dy = 0; dy < 11; dy++)
                    {
                        for (var dx = 0; dx < 11; dx++)
                        {
                            var weight = Math.Exp(-((dy - 5) * (dy - 5) + (dx - 5) * (dx - 5)) / (2 * 1.5 * 1.5));
                            var at = (channel * Height + top + dy) * Width + left + dx;
                            weights += weight;
                            meanA += weight * a[at];
                            meanB += weight * b[at];
                            squareA += weight * a[at] * a[at];
                            squareB += weight * b[at] * b[at];
                            product += weight * a[at] * b[at];
                        }
                    }

                    (meanA, meanB) = (meanA / weights, meanB / weights);
                    var (varianceA, varianceB) = (squareA / weights - meanA * meanA, squareB / weights - meanB * meanB);
                    var covariance = product / weights - meanA * meanB;
                    total += (2 * meanA * meanB + c1) * (2 * covariance + c2) / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
                    count++;
                }
            }
        }

        return total / count;
    }
}
