using static TorchSharp.torch;

namespace Fovea.Torch.Safetensors;

/// <summary>Where one tensor lies in a file.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">Data type.</param>
/// <param name="Shape">Sizes; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">One past the last byte, counted alike.</param>
public sealed record SafetensorsEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape, long Begin, long End);
