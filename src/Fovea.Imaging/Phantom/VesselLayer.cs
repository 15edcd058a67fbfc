namespace Fovea.Imaging.Phantom;

/// <summary>Lays the blood of arteries and veins over the retina: each colour is absorbed exponentially in the depth.</summary>
internal static class VesselLayer
{
    private const float ReflexFromRadius = 0.08f;
    private const float FullDepthRadius = 0.26f;

    public static void Paint(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, VesselTree tree)
    {
        var (arteries, veins, reflex) = (new float[planes.Red.Length], new float[planes.Red.Length], new float[planes.Red.Length]);
        var raster = new VesselRaster(grid, parameters.Camera.Blur);
        foreach (var vessel in tree.Vessels)
        {
            var plane = vessel.Kind == VesselKind.Artery ? arteries : veins;
            var depth = 0.22f + 0.78f * MathF.Min(1, vessel.Radius / FullDepthRadius);
            raster.Draw(plane, vessel.Points, vessel.Radii, depth);
            if (vessel.Radius < ReflexFromRadius) continue;
            raster.Draw(reflex, vessel.Points, vessel.Radii, vessel.Kind == VesselKind.Artery ? 1f : 0.35f, 0.3f);
        }

        for (var i = 0; i < planes.Red.Length; i++)
        {
            var (artery, vein) = (arteries[i], veins[i]);
            if (artery + vein <= 0) continue;
            planes.Scale(
                i,
                MathF.Exp(-0.14f * artery - 0.44f * vein),
                MathF.Exp(-0.60f * artery - 0.82f * vein),
                MathF.Exp(-0.50f * artery - 0.64f * vein));
            var light = 0.28f * reflex[i];
            planes.Mix(i, parameters.Tone.Red * 1.1f, parameters.Tone.Red * parameters.Tone.GreenToRed, parameters.Tone.Red * parameters.Tone.BlueToRed, light);
        }
    }
}
