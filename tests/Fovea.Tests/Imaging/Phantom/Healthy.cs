using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

/// <summary>Sampled eyes without lesions, under even light and without faults, so that a test sees anatomy alone.</summary>
internal static class Healthy
{
    public static PhantomParameters Sample(ulong seed, int index)
    {
        var sampled = PhantomParameters.Sample(seed, index);
        return sampled with
        {
            DrGrade = 0,
            Lesions = new LesionCounts { Seed = 0 },
            Quality = ImageQuality.Good,
            Fault = QualityFault.None,
            FaultSeverity = 0,
            Camera = sampled.Camera with { Tilt = 0, RimFlare = 0, UpperCut = 1, LowerCut = 1 },
        };
    }
}
