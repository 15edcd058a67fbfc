using System.Runtime.Intrinsics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>The register width the kernels run with on this machine.</summary>
internal static class LaneWidth
{
    /// <summary>Bytes of the widest register the hardware works on at full speed: 64, 32 or 16.</summary>
    public static int Bytes { get; } =
        Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;
}
