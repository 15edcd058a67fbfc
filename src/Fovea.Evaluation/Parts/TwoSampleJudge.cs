using Fovea.Core;
using Fovea.Core.Random;
using Fovea.Evaluation.Results;
using Fovea.Judges.Images;
using Fovea.Judges.Networks;
using Fovea.Judges.Training;
using Fovea.Metrics.Distributions;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Evaluation.Parts;

/// <summary>
/// The classifier two-sample test: small networks are taught to tell generated from real images, each on one half of both sets, and asked about the other half.
/// Halves share no person. Real images are told from other real ones in the same way, which shows what guessing looks like here.
/// </summary>
/// <param name="steps">Optimizer steps of each network; 0 for no test.</param>
/// <param name="seed">Seed of halves and networks.</param>
/// <param name="compute">Gives the device; the CPU when null.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class TwoSampleJudge(int steps, int seed, ComputeContext? compute, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    /// <summary>Images of each set that are looked at, at most.</summary>
    public const int MostImages = 2000;

    private const int Halves = 2;
    private const int LargestSide = 128;
    private const int Batch = 32;
    private const int Width = 8;
    private const double Rate = 2e-3;
    private const int LeastInHalf = 5;
    private const int LeastSide = 16;

    /// <summary>The judgement, or why there is none.</summary>
    public (TwoSampleJudgement? Judgement, string? Reason) Judge(ImageSet generated, ImageSet real)
    {
        if (steps == 0) return (null, "the steps of the two-sample test are 0");
        if (real.Side < LeastSide) return (null, $"images of {real.Side} px; at least {LeastSide} px a side are needed");
        var (first, second) = (Dealt(generated, Halves), Dealt(real, Halves));
        var (ofFirst, ofSecond) = (first.Min(half => half.Asked.Length), second.Min(half => half.Asked.Length));
        if (Math.Min(ofFirst, ofSecond) < LeastInHalf)
        {
            return (
                null,
                $"halves that share no person have {ofFirst} generated and {ofSecond} real images of different persons; "
                    + $"{LeastInHalf} of each are needed");
        }

        (first, second) = Cut(first, second, MostImages / Halves);
        var (ofGenerated, ofReal) = Cross("generated from real images", generated, first, real, second, steps, address: 0);
        return (new TwoSampleJudgement
        {
            Generated = TwoSampleAccuracy.Measure(ofGenerated, ofReal),
            Real = Floor(real, first[0].Taught.Length),
            Steps = steps,
            Side = Math.Min(real.Side, LargestSide),
            IsByPerson = real.Persons.Where((person, k) => person != k).Any(),
            GeneratedOdds = ofGenerated,
            RealOdds = ofReal,
            Asked = [.. first.SelectMany(half => half.Asked)],
        }, null);
    }

    // Two sets of real images, each in two halves: half as many images, and half as many steps over them. What is expected is one half all the same.
    private TwoSampleAccuracy? Floor(ImageSet real, int most)
    {
        var parts = Dealt(real, 2 * Halves);
        if (parts.Min(part => part.Asked.Length) < LeastInHalf) return null;
        var (one, other) = Cut(parts[..Halves], parts[Halves..], most);
        var (first, second) = Cross("real from other real images", real, one, real, other, Math.Max(1, steps / 2), address: 1);
        return TwoSampleAccuracy.Measure(first, second);
    }

    // Of a person one image is asked about: verdicts on both eyes go together, and would be counted as two.
    private Half[] Dealt(ImageSet images, int parts) =>
        [.. PersonParts.Deal(images, parts, (ulong)seed).Select(part => new Half(part, [.. part.DistinctBy(k => images.Persons[k])]))];

    /// <summary>As many images of the one set as of the other in each half.</summary>
    private static (Half[] First, Half[] Second) Cut(Half[] first, Half[] second, int most)
    {
        Half[] all = [.. first, .. second];
        var (taught, asked) = (Math.Min(most, all.Min(half => half.Taught.Length)), Math.Min(most, all.Min(half => half.Asked.Length)));
        Half[] cut = [.. all.Select(half => new Half(half.Taught[..taught], half.Asked[..asked]))];
        return (cut[..first.Length], cut[first.Length..]);
    }

    /// <summary>The logarithms of the odds of images of both sets, each by the network that was taught on the other halves.</summary>
    private (double[] First, double[] Second) Cross(string name, ImageSet one, Half[] first, ImageSet other, Half[] second, int count, ulong address)
    {
        var side = Math.Min(one.Side, LargestSide);
        var verdicts = Enumerable.Range(0, Halves).Select(half =>
        {
            var known = Halves - 1 - half;
            // Four networks, four seeds.
            var ofNetwork = (int)(new CounterRandom((ulong)seed, (address * Halves) + (ulong)half).NextBits() >> 1);
            var options = new JudgeOptions { Steps = count, Batch = Batch, Width = Width, LearningRate = Rate, Seed = ofNetwork };
            byte[][] firstTaught = one.At(side, first[known].Taught), secondTaught = other.At(side, second[known].Taught);
            using var stage = new TwoSampleStage(options, firstTaught, secondTaught, side, compute);
            Teach(stage, name, half * count, Halves * count);
            // Of what it was taught on it calls half the one and half the other: a network of few steps leans to a side.
            var middle = Middle([.. Odds(stage, firstTaught, side), .. Odds(stage, secondTaught, side)]);
            double[] Beyond(byte[][] images) => [.. Odds(stage, images, side).Select(odds => odds - middle)];
            return (First: Beyond(one.At(side, first[half].Asked)), Second: Beyond(other.At(side, second[half].Asked)));
        }).ToArray();
        return ([.. verdicts.SelectMany(verdict => verdict.First)], [.. verdicts.SelectMany(verdict => verdict.Second)]);
    }

    private void Teach(TwoSampleStage stage, string name, int done, int all)
    {
        for (var step = 0; step < stage.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            CollectionPause.Run(() => stage.Step(step));
            if (step % 10 == 9) progress?.Report(new ProgressUpdate($"network telling {name}", done + step + 1, all, "steps"));
        }

        stage.Network.eval();
    }

    private static double Middle(double[] odds)
    {
        Array.Sort(odds);
        return (odds[(odds.Length - 1) / 2] + odds[odds.Length / 2]) / 2;
    }

    private static double[] Odds(TwoSampleStage stage, byte[][] images, int side)
    {
        using var noGradient = no_grad();
        return [.. images.Chunk(Batch).SelectMany(batch => CollectionPause.Run(() =>
        {
            using var scope = NewDisposeScope();
            return stage.Odds(ImageTensors.FromPixels(batch, side, stage.Network.Device()));
        }))];
    }

    /// <summary>Numbers of images, all of which a network is taught on, and of those that the other is asked about.</summary>
    private sealed record Half(int[] Taught, int[] Asked);
}

/// <summary>
/// Teaches a network which of two sets an image is of. Images are mirrored by chance, and otherwise left alone: a resampling would hide a blur.
/// </summary>
internal sealed class TwoSampleStage : JudgeStage<TwoSampleNetwork>
{
    private readonly byte[][] _images;
    private readonly int _first;
    private readonly int _side;
    private readonly ulong _seed;

    /// <param name="options">How.</param>
    /// <param name="first">Images of the one set.</param>
    /// <param name="second">Images of the other.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="compute">Gives the device; the CPU when null.</param>
    public TwoSampleStage(JudgeOptions options, byte[][] first, byte[][] second, int side, ComputeContext? compute)
        : base(options, first.Length + second.Length, new TwoSampleNetwork(side, options.Width), (_, _) => { }, compute) =>
        (_images, _first, _side, _seed) = ([.. first, .. second], first.Length, side, (ulong)options.Seed);

    public override string Name => "two-sample network";

    /// <summary>The logarithm of each image's odds for the first set.</summary>
    public double[] Odds(Tensor images) => [.. Judge.call(images).cpu().data<float>().ToArray().Select(odds => (double)odds)];

    protected override Tensor Loss(int[] items, long step)
    {
        var random = new CounterRandom(_seed, (ulong)step);
        var images = ImageTensors.FromPixels([.. items.Select(item => _images[item])], _side, Device);
        foreach (var axis in new[] { 2, 3 })
        {
            var mirrored = tensor([.. items.Select(_ => random.NextInt(2) != 0)], device: Device).reshape(-1, 1, 1, 1);
            images = where(mirrored, images.flip(axis), images);
        }

        var labels = tensor([.. items.Select(item => item < _first ? 1f : 0f)], device: Device);
        return nn.functional.binary_cross_entropy_with_logits(Judge.call(images), labels);
    }
}
