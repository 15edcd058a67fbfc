using Fovea.Models;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;

namespace Fovea.Training.Stages;

/// <summary>What a stage is about to train, in one line.</summary>
internal static class StageDescription
{
    internal static string Of(ITrainingStage stage)
    {
        var size = ParameterReport.Of(stage.Network);
        return $"{stage.Name}: {size.Total:N0} parameters ({Layers(size, stage)}), {stage.Steps:N0} steps of {stage.Batch}";
    }

    private static string Layers(ParameterReport size, ITrainingStage stage)
    {
        var layers = ParameterReport.AngleLayersOf(stage.Network);
        if (layers.Count == 0) return "classical";
        var circuits = size.QuantumLayers == 0 ? "" : $", {stage.CircuitsPerStep:N0} circuits a step";
        // One setting decides for all places of a network.
        return layers[0].Kind == QuantumLayerKind.Circuit
            ? $"{size.Quantum:N0} of them circuit weights in {size.QuantumLayers} quantum layers{circuits}"
            : $"{size.LayerParameters:N0} of them in the middles of {layers.Count} {layers[0].Kind.Name()} layers{circuits}";
    }
}
