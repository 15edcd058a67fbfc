using Fovea.Core;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Images;
using Fovea.Judges.Training;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Evaluation.Parts;

/// <summary>Trains classifiers on real, on generated, and on both, and tests them on held-out real images.</summary>
/// <param name="request">Steps and seed.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class DownstreamJudge(EvaluationRequest request, CancellationToken cancellation)
{
    private const int Batch = 32;
    private const int Width = 16;
    private const int LeastImages = 20;
    private const double Rate = 1e-3;

    /// <summary>The judgement, or why there is none.</summary>
    public (DownstreamJudgement? Judgement, string? Reason) Judge(EvaluationImages images)
    {
        if (request.DownstreamSteps == 0) return (null, "the steps of the downstream test are 0");
        if (images.Classes.Count < 2) return (null, "the real dataset names no classes; prepare it with a column of labels");
        if (images.Generated.Classes.All(name => name is null))
        {
            return (
                null,
                "the generated images have no classes: a folder for each class is needed, "
                    + "or a run that draws images of a class (denoiser.class_conditional = true)");
        }

        if (images.Training is not { } training) return (null, "the generator's training images are not known; name the dataset that it was trained on");
        var (test, real, generated) = (Labelled(images, images.Real), Labelled(images, training), Labelled(images, images.Generated));
        if (new[] { test, real, generated }.Any(set => set.Pixels.Length < LeastImages))
            return (null, $"fewer than {LeastImages} images have a class that the real dataset knows");
        // All three learn from equally many images a step and equally many steps; real and generated alone also from equally many images.
        var count = Math.Min(real.Pixels.Length, generated.Pixels.Length);
        var (some, others) = (Some(real, count), Some(generated, count));
        (string Name, Set Images)[] arms = [("real", some), ("generated", others), ("both", Both(some, others))];
        var rows = arms.Select(arm => new DownstreamRow(arm.Name, arm.Images.Pixels.Length, Test(arm.Name, arm.Images, test, images))).ToArray();
        return (new DownstreamJudgement(images.Classes, test.Pixels.Length, request.DownstreamSteps, rows), null);
    }

    private Figure Test(string name, Set training, Set test, EvaluationImages images)
    {
        var side = images.Real.Side;
        var options = new JudgeOptions { Steps = request.DownstreamSteps, Batch = Batch, Width = Width, LearningRate = Rate, Seed = request.Seed };
        using var stage = new ClassStage(options, training.Pixels, training.Labels, side, images.Classes, images.LabelColumn, request.Compute);
        for (var step = 0; step < options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            CollectionPause.Run(() => stage.Step(step));
            if (step % 10 == 9) request.Progress?.Report(new ProgressUpdate($"classifier on {name}", step + 1, options.Steps, "steps"));
        }

        stage.Network.eval();
        using var noGradient = no_grad();
        var verdicts = test.Pixels.Chunk(Batch).SelectMany(batch => CollectionPause.Run(() =>
        {
            using var scope = NewDisposeScope();
            return stage.Classify(ImageTensors.FromPixels(batch, side, stage.Network.Device()));
        })).ToArray();
        return BalancedAccuracy.Measure(test.Labels, verdicts, (ulong)request.Seed);
    }

    private static Set Labelled(EvaluationImages images, ImageSet set)
    {
        var labels = set.Classes.OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => ClassLookup.Find(images.Classes, name), StringComparer.Ordinal);
        int[] known = [.. set.ContentOrder.Where(k => set.Classes[k] is { } name && labels[name] is not null)];
        var strays = labels.Where(pair => pair.Value is null)
            .Select(pair => $"'{ClassLookup.Printable(pair.Key)}' ({set.Classes.Count(name => name == pair.Key)})")
            .Order(StringComparer.Ordinal).ToArray();
        if (strays.Length > 0)
        {
            images.Warnings.Add(
                $"{set.Description.Source}: images of classes that are none of the real dataset's, or of which more than one is meant, "
                    + $"are left out of downstream "
                    + $"use: {string.Join(", ", strays)}");
        }

        return new([.. known.Select(k => set.Pixels[k])], [.. known.Select(k => labels[set.Classes[k]!]!.Value)]);
    }

    private Set Some(Set set, int count)
    {
        var taken = SetSample.Choose([.. set.Pixels.Select(pixels => SetSample.HashOf(pixels))], set.Labels, count, (ulong)request.Seed);
        return new([.. taken.Select(k => set.Pixels[k])], [.. taken.Select(k => set.Labels[k])]);
    }

    private static Set Both(Set first, Set second) => new([.. first.Pixels, .. second.Pixels], [.. first.Labels, .. second.Labels]);

    private sealed record Set(byte[][] Pixels, int[] Labels);
}
