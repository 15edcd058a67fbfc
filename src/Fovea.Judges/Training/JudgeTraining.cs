using System.Globalization;
using System.Text.Json;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Provenance;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Stages;

namespace Fovea.Judges.Training;

/// <summary>What the trainings of judges share around the stage: the folder, the loop, what is stored with the weights, the report.</summary>
internal static class JudgeTraining
{
    private static readonly RunOptions RunSettings = new() { CheckpointEvery = 200, KeepCheckpoints = 2, LogEvery = 10, GridEvery = int.MaxValue };
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Creates the output folder, or opens the one to resume.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">How the judge is trained; a training is resumed with equal options, dataset and labels only.</param>
    /// <param name="dataset">On what.</param>
    /// <param name="labels">Hash of the labels that stand outside the dataset; null for none.</param>
    /// <param name="resume">Whether to go on with what is there.</param>
    /// <exception cref="InputException">The folder is in the way, or was begun otherwise.</exception>
    public static RunFolder Open(string path, JudgeOptions options, ImageDataset dataset, string? labels, bool resume) =>
        RunFolder.ForTraining(path, Settings(options, dataset, labels), resume);

    /// <summary>Trains to the end, or until it is interrupted.</summary>
    public static void Train(ITrainingStage stage, RunFolder folder, IProgress<ProgressUpdate>? progress, CancellationToken cancellation) =>
        new TrainingLoop(folder, RunSettings, progress).Run(stage, cancellation);

    /// <summary>The metadata of weights after some steps.</summary>
    /// <param name="options">How they are trained.</param>
    /// <param name="dataset">On what.</param>
    /// <param name="images">Which of its images are learnt from.</param>
    /// <param name="steps">Steps done.</param>
    public static JudgeMetadata MetadataOf(JudgeOptions options, ImageDataset dataset, IEnumerable<int> images, long steps) => new()
    {
        Side = dataset.Size,
        Width = options.Width,
        Steps = steps,
        IsFinished = steps >= options.Steps,
        Dataset = dataset.ContentHash,
        Traces = ImageTraces.Read(dataset, images),
    };

    /// <summary>Writes what was measured on held-out images.</summary>
    public static void WriteReport<T>(string path, T report) => AtomicFile.WriteText(path, JsonSerializer.Serialize(report, Json));

    private static string Settings(JudgeOptions options, ImageDataset dataset, string? labels)
    {
        var named = labels is null ? "" : $"labels = \"{labels}\"\n";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"dataset = \"{dataset.ContentHash}\"\n{named}steps = {options.Steps}\nbatch = {options.Batch}\nwidth = {options.Width}\nlearning_rate = "
                + $"{options.LearningRate:R}\nseed = {options.Seed}\n");
    }
}

/// <summary>How a judge is trained.</summary>
public sealed record JudgeOptions
{
    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Images a step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Channels of the first layer, a multiple of 8.</summary>
    public int Width { get; init; } = 24;

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Seed of weights, order, augmentation and dropout.</summary>
    public int Seed { get; init; }
}
