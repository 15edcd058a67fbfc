using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Torch.Autograd;

namespace Fovea.Models.Circuits;

/// <summary>A circuit as one node of the autograd graph: expectation values forward, vector-Jacobian product back.</summary>
internal sealed class CircuitOperator(Circuit circuit) : SpanOperator
{
}
