namespace Fovea.Torch.Safetensors;

/// <summary>What a file says of itself before the data.</summary>
/// <param name="Entries">The tensors in the order of their data, which they cover without gap or overlap.</param>
/// <param name="Metadata">The free text entries.</param>
/// <param name="DataStart">Position of the data in the file, bytes.</param>
public sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart);
