using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange;

/// <summary>A circuit read from a file.</summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="Export">The title, names and values that were written with it.</param>
public sealed record CircuitDocument(Circuit Circuit, CircuitExport Export);
