using Fovea.Hardware.Profiles;

namespace Fovea.Hardware.Compilation;

/// <summary>RZ gates that only diagonal gates and the measurement of Z follow.</summary>
internal static class DeadRotations
{
    /// <summary>The gates without them.</summary>
    public static IReadOnlyList<NativeGate> Remove(IReadOnlyList<NativeGate> gates, DeviceGraph map)
    {
        var isSeen = new HashSet<int>();
        var kept = new List<NativeGate>(gates.Count);
        foreach (var gate in gates.Reverse())
        {
            if (gate.Kind == NativeKind.Rotation && !isSeen.Contains(gate.First))
                continue;
            kept.Add(gate);
            if (gate.Kind == NativeKind.Pulse)
                isSeen.Add(gate.First);
            // An ECR is a permutation of its first qubit's basis states, and so lets phases through as CX does.
            if (gate.Kind == NativeKind.Entangler && map.Entangler(gate.First, gate.Second) is EntanglingGate.CX or EntanglingGate.ECR)
                isSeen.Add(gate.Second);
        }

        kept.Reverse();
        return kept;
    }
}
