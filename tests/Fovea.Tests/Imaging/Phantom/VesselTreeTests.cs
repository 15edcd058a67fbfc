using System.Numerics;
using CsCheck;
using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

public class VesselTreeTests
{
    private static readonly Gen<PhantomParameters> s_eyes = Gen.Select(Gen.ULong, Gen.Int[0, 500], PhantomParameters.Sample);

    [Fact]
    public void Grow_EachBifurcation_KeepsMurraysLaw() => s_eyes.Sample(
        parameters =>
        {
            var vessels = VesselTree.Grow(parameters.Disc, parameters.Vessels).Vessels;
            foreach (var children in vessels.Where(v => v.Parent >= 0).GroupBy(v => v.Parent))
            {
                var parent = vessels[children.Key];
                Assert.Equal(2, children.Count());
                // Cubes of radii that are themselves rounded cube roots in single precision.
                Assert.Equal(1, children.Sum(c => Math.Pow(c.Radius, 3)) / Math.Pow(parent.Radius, 3), 5);
            }
        },
        iter: 20);

    [Fact]
    public void Grow_AnyEye_IsATreeOutsideTheAvascularZone() => s_eyes.Sample(
        parameters =>
        {
            var vessels = VesselTree.Grow(parameters.Disc, parameters.Vessels).Vessels;
            var branching = vessels.Select(v => v.Parent).ToHashSet();
            for (var i = 0; i < vessels.Count; i++)
            {
                var vessel = vessels[i];
                Assert.True(vessel.Parent < i);
                Assert.Equal(vessel.IsTerminal, !branching.Contains(i));
                Assert.All(vessel.Points, p => Assert.True(p.Length() >= parameters.Vessels.AvascularRadius));
                if (vessel.Parent < 0) continue;
                Assert.Equal(vessels[vessel.Parent].Kind, vessel.Kind);
                Assert.Equal(vessels[vessel.Parent].Points[^1], vessel.Points[0]);
            }

            Assert.Equal(2, vessels.Count(v => v.Parent < 0));
        },
        iter: 20);

    [Fact]
    public void Grow_SameStyle_SameTree()
    {
        var parameters = PhantomParameters.Sample(3, 7);

        var (first, second) = (VesselTree.Grow(parameters.Disc, parameters.Vessels), VesselTree.Grow(parameters.Disc, parameters.Vessels));

        Assert.Equal(first.Vessels.SelectMany(v => v.Points), second.Vessels.SelectMany(v => v.Points));
    }

    [Fact]
    public void Grow_Arcades_PassAboveAndBelowTheFovea()
    {
        for (var index = 0; index < 20; index++)
        {
            var parameters = PhantomParameters.Sample(8, index);
            var tree = VesselTree.Grow(parameters.Disc, parameters.Vessels);
            foreach (var side in new[] { -1, 1 })
            {
                var heights = tree.Vessels.Where(v => v.Kind == VesselKind.Vein && v.Radius > 0.12f)
                    .SelectMany(v => v.Points).Where(p => MathF.Abs(p.X) < 2 && p.Y * side > 0).Select(p => MathF.Abs(p.Y)).ToArray();

                Assert.True(heights.Any(h => h is > 5 and < 13), $"eye {index}: no great vein on side {side} of the fovea");
            }
        }
    }

    [Fact]
    public void Grow_Arteries_AreNarrowerThanVeins()
    {
        var parameters = PhantomParameters.Sample(3, 7);
        var vessels = VesselTree.Grow(parameters.Disc, parameters.Vessels).Vessels;

        float Root(VesselKind kind) => vessels.Single(v => v.Parent < 0 && v.Kind == kind).Radius;

        Assert.InRange(Root(VesselKind.Artery) / Root(VesselKind.Vein), 0.5, 0.85);
    }

    [Fact]
    public void Angle_EqualBranches_IsMurraysValue()
    {
        var child = MurrayLaw.ChildRadius(1, 0.5f);

        // cos θ = r0² / (2 r1²) = 2^(-1/3): 37.47°, Murray 1926.
        Assert.Equal(37.47, MurrayLaw.Angle(1, child, child) * 180 / Math.PI, 2);
        Assert.Equal(1, MurrayLaw.ParentRadius(child, child), 5);
    }

    [Theory]
    [InlineData(0.04f)]
    [InlineData(0.3f)]
    public void Draw_Line_KeepsItsDarknessAtEachSizeAndPlace(float radius)
    {
        var camera = PhantomParameters.Sample(1, 0).Camera with { CentreX = 0, CentreY = 0, Roll = 0 };
        foreach (var size in new[] { 32, 64, 256, 512 })
        {
            foreach (var y in new[] { -0.3f, 0f, 0.17f })
            {
                var grid = new RetinaGrid(camera, EyeSide.Right, size);
                var plane = new float[size * size];

                new VesselRaster(grid, 0.05f).Draw(plane, [new Vector2(-8, y), new Vector2(8, y)], [radius, radius], 1);

                // Across the line the profile's integral is 2r · 4/5, exactly but for single precision.
                var darkness = Enumerable.Range(0, size).Sum(row => plane[row * size + size / 2]) * grid.DegreesPerPixel;
                Assert.InRange(darkness / (2 * radius * 0.8f), 0.995, 1.005);
            }
        }
    }
}
