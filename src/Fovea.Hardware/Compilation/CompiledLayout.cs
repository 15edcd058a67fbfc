namespace Fovea.Hardware.Compilation;

/// <summary>A trial: where the wires start and end, and the routed steps between.</summary>
/// <param name="Start">At the start.</param>
/// <param name="End">At the end.</param>
/// <param name="Steps">On qubits of the device, every pair coupled.</param>
/// <param name="Swaps">SWAPs inserted.</param>
internal sealed record CompiledLayout(Layout Start, Layout End, IReadOnlyList<Step> Steps, int Swaps)
{
    /// <summary>Qubits in use, ascending.</summary>
    public int[] UsedQubits() => [.. Start.Qubits.ToArray()
        .Concat(Steps.Where(step => step.IsPair).SelectMany(step => new[] { step.First, step.Second })).Distinct().Order()];
}
