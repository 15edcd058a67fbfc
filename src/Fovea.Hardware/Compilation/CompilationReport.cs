using System.Globalization;

namespace Fovea.Hardware.Compilation;

/// <summary>What a compiled circuit costs on its device.</summary>
public sealed record CompilationReport
{
    /// <summary>Name of the device profile.</summary>
    public required string Device { get; init; }

    /// <summary>Device qubits in use, those that SWAPs only pass through included.</summary>
    public required int Qubits { get; init; }

    /// <summary>Virtual RZ gates: changes of a frame of reference, without time or noise.</summary>
    public required int VirtualRotations { get; init; }

    /// <summary>Quarter turns of one qubit.</summary>
    public required int Pulses { get; init; }

    /// <summary>Native two-qubit gates, those of SWAPs and folds included.</summary>
    public required int Entanglers { get; init; }

    /// <summary>SWAPs that routing inserted, three two-qubit gates each.</summary>
    public required int Swaps { get; init; }

    /// <summary>Longest chain of gates that wait for each other, virtual ones not counted.</summary>
    public required int Depth { get; init; }

    /// <summary>From the common start to the common measurement, in seconds; the measurement itself not counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Channels inserted and imperfect measurements.</summary>
    public required int NoiseOperations { get; init; }

    /// <summary>All native gates.</summary>
    public int Gates => VirtualRotations + Pulses + Entanglers;

    /// <summary>One paragraph for users.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"Compiled to {Device} on {Count(Qubits, "qubit")}: {Count(Gates, "native gate")} ({Count(VirtualRotations, "virtual RZ", "")}, "
        + $"{Count(Pulses, "pulse")}, {Count(Entanglers, "two-qubit gate")}) with {Count(Swaps, "SWAP")} inserted; depth {Depth}, "
        + $"duration {Seconds * 1e6:G4} µs, {Count(NoiseOperations, "noise operation")}.");

    /// <inheritdoc/>
    public override string ToString() => Describe();

    private static string Count(int count, string name, string plural = "s") => $"{count} {name}{(count == 1 ? "" : plural)}";
}
