using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines;

/// <summary>What computes circuits in place of the ideal engine that a planner chooses: a noisy device, finite shots, a recorder.</summary>
public interface ICircuitBackend
{
    /// <summary>An engine for a circuit, with its inputs, weights and outputs. The engine becomes the caller's own.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    IExpectationEngine<T> CreateEngine<T>(Circuit circuit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
