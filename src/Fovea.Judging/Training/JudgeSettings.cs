namespace Fovea.Judging.Training;

/// <summary>How a judge is trained.</summary>
/// <param name="Steps">Optimizer steps.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="LearningRate">Highest learning rate.</param>
/// <param name="Seed">Seed of weights, order, augmentation and dropout.</param>
internal sealed record JudgeSettings(int Steps, int Batch, double LearningRate, int Seed);
