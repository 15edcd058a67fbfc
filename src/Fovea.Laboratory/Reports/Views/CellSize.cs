namespace Fovea.Laboratory.Reports.Views;

/// <summary>Numbers of qubits and layers.</summary>
internal readonly record struct CellSize(int Qubits, int Layers)
{
    /// <summary>Where charts and findings look unless the comparison lacks it.</summary>
    public static CellSize Preferred { get; } = new(8, 3);

    /// <summary>"n = 8, L = 3".</summary>
    public override string ToString() => $"n = {Qubits}, L = {Layers}";

    /// <summary>For ordering by nearness to <paramref name="other"/>: qubits count first, the smaller size wins a tie.</summary>
    public (int Qubits, int Layers, int SmallerQubits, int SmallerLayers) DistanceTo(CellSize other) =>
        (Math.Abs(Qubits - other.Qubits), Math.Abs(Layers - other.Layers), Qubits, Layers);
}
