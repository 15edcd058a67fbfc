using System.Collections.Immutable;

namespace Fovea.Laboratory.Drawing;

/// <summary>What is drawn at one place in time.</summary>
/// <param name="Operations">Indices into the circuit's operations, rising; no two of them share a wire or cross.</param>
/// <param name="Section">The section that begins here, or null.</param>
public sealed record DiagramColumn(ImmutableArray<int> Operations, CircuitSection? Section);
