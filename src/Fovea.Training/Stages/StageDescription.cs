using Fovea.Models;

namespace Fovea.Training.Stages;

/// <summary>What a stage is about to train, in one line.</summary>
internal static class StageDescription
{
    internal static string Of(ITrainingStage stage)
    {
        var size = ParameterReport.Of(stage.Network);
        var quantum = size.QuantumLayers == 0
            ? "classical"
            : $"{size.Quantum:N0} of them circuit weights in {size.QuantumLayers} quantum layers, {stage.CircuitsPerStep:N0} circuits a step";
        return $"{stage.Name}: {size.Total:N0} parameters ({quantum}), {stage.Steps:N0} steps of {stage.Batch}";
    }
}
