using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Unitary;

/// <summary>
/// A circuit cut into an entry state, which differs from sample to sample, and the unitary U that all samples share, written as
/// a real matrix: its rows are the real and then the imaginary parts of the final amplitudes, its columns the real parts of
/// the entry amplitudes and, unless those are real for every input, the imaginary parts.
/// </summary>
internal sealed class UnitaryPlan
{
    /// <summary>Rows and columns are padded to a multiple of this, the edge of a kernel's tile.</summary>
    public const int Tile = 4;

    /// <summary>Compiles a circuit.</summary>
    /// <exception cref="NotSupportedException">A gate after the entry state depends on inputs.</exception>
    public UnitaryPlan(Circuit circuit, int adjointGroupSize)
    {
        Gates = new ExecutionPlan(circuit, adjointGroupSize, inputsAlone: true);
        var chains = Gates.Chains.SelectMany(chain => chain).ToHashSet();
        if (Enumerable.Range(0, Gates.Rotations.Count).Any(index => Gates.Rotations[index].DiffersBySample && !chains.Contains(index)))
        {
            throw new NotSupportedException(
                "the unitary engine takes inputs as amplitudes or in single-wire gates before all others; this circuit has inputs later");
        }

        Slots = 1 << circuit.WireCount;
        IsReal = circuit.Preparation == StatePreparation.Amplitudes || chains.All(index => !Gates.Rotations[index].IsDiagonal);
        Rows = 2 * Slots;
        Columns = Math.Max(Tile, IsReal ? Slots : 2 * Slots);
    }

    /// <summary>The chains of the entry state and the stages that make U.</summary>
    public ExecutionPlan Gates { get; }

    /// <summary>Number of amplitudes.</summary>
    public int Slots { get; }

    /// <summary>Whether entry states are real, so that half of the columns suffice.</summary>
    public bool IsReal { get; }

    /// <summary>Rows of the real matrix.</summary>
    public int Rows { get; }

    /// <summary>Columns of the real matrix, padded; the padding is zero.</summary>
    public int Columns { get; }
}
