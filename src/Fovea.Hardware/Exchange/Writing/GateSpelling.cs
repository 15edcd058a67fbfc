namespace Fovea.Hardware.Exchange.Writing;

/// <summary>How a gate is called in a file.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Definition">Its definition, for a gate that the include file lacks.</param>
internal sealed record GateSpelling(string Name, string? Definition = null);
