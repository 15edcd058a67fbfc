namespace Fovea.Training.Stages;

/// <summary>Training produced a loss that is not finite. The message names the step and the last good checkpoint.</summary>
public sealed class DivergenceException(string message) : Exception(message);
