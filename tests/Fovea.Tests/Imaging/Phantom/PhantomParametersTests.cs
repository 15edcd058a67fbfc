using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

public class PhantomParametersTests
{
    private static readonly PhantomParameters[] s_sample = [.. Enumerable.Range(0, 6000).Select(i => PhantomParameters.Sample(21, i))];

    [Fact]
    public void Sample_SameSeedAndIndex_SameParameters()
    {
        Assert.Equal(PhantomParameters.Sample(9, 17), PhantomParameters.Sample(9, 17));
        Assert.NotEqual(PhantomParameters.Sample(9, 17), PhantomParameters.Sample(10, 17));
    }

    [Fact]
    public void Sample_NegativeIndex_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => PhantomParameters.Sample(1, -1));

    [Fact]
    public void Sample_Pairs_AreTheEyesOfOnePerson()
    {
        foreach (var pair in s_sample.Take(400).Chunk(2))
        {
            Assert.Equal((EyeSide.Right, EyeSide.Left), (pair[0].Eye, pair[1].Eye));
            Assert.Equal(pair[0].Patient, pair[1].Patient);
            // Eyes differ by normal draws of deviation 0.02; 6 deviations of the difference.
            Assert.InRange(Math.Abs(pair[0].Tone.Red - pair[1].Tone.Red), 0, 0.17);
            Assert.NotEqual(pair[0].Vessels.Seed, pair[1].Vessels.Seed);
        }
    }

    [Fact]
    public void Sample_ManyImages_HaveTheStatedFrequencies()
    {
        // The eyes of a person agree more often than not, so count persons: 3,000; five standard errors.
        for (var grade = 0; grade < DrGradeNames.All.Count; grade++)
            AssertFrequency(PhantomSampler.GradeFrequencies[grade], s_sample.Count(p => p.DrGrade == grade));
        for (var quality = 0; quality < 3; quality++)
            AssertFrequency(PhantomSampler.QualityFrequencies[quality], s_sample.Count(p => (int)p.Quality == quality));
        foreach (var fault in Enum.GetValues<QualityFault>().Skip(1))
            AssertFrequency(0.2 / 6, s_sample.Count(p => p.Fault == fault));
    }

    private static void AssertFrequency(double expected, int count)
    {
        var error = Math.Sqrt(expected * (1 - expected) / (s_sample.Length / 2.0));
        Assert.InRange((double)count / s_sample.Length, expected - 5 * error, expected + 5 * error);
    }

    [Fact]
    public void Sample_Quality_FollowsTheFaultsSeverity()
    {
        foreach (var p in s_sample)
        {
            Assert.Equal(p.Quality == ImageQuality.Good, p.Fault == QualityFault.None);
            var (low, high) = p.Quality switch { ImageQuality.Good => (0f, 0f), ImageQuality.Usable => (0.25f, 0.5f), _ => (0.75f, 1f) };
            Assert.InRange(p.FaultSeverity, low, high);
        }
    }

    [Fact]
    public void Sample_Lesions_FollowTheGrade()
    {
        foreach (var p in s_sample)
        {
            var lesions = p.Lesions;
            Assert.Equal(p.DrGrade == 0, lesions.Total == 0);
            Assert.Equal(p.DrGrade == 4, lesions.NeovascularTufts > 0);
            if (p.DrGrade == 1) Assert.Equal(lesions.Total, lesions.Microaneurysms);
            if (p.DrGrade < 3) Assert.Equal(0, p.Vessels.Beading);
            if (p.DrGrade == 3) Assert.True(lesions.BlotHaemorrhages > 40);
        }
    }

    [Fact]
    public void Place_GradeZero_HasNoLesions()
    {
        var map = Place(s_sample.First(p => p.DrGrade == 0));

        Assert.Empty(map.Spots);
        Assert.Empty(map.NewVessels);
    }

    [Fact]
    public void Place_Proliferative_HasNewVesselsAndBlood()
    {
        var map = Place(s_sample.First(p => p.DrGrade == 4 && p.Lesions.PreretinalHaemorrhages > 0));

        Assert.NotEmpty(map.NewVessels);
        Assert.Contains(map.Spots, s => s.Kind == LesionKind.PreretinalHaemorrhage);
        Assert.Contains(map.Spots, s => s.Kind == LesionKind.Microaneurysm);
    }

    [Fact]
    public void Render_MoreLesions_ChangesTheImageWhereTheyAre()
    {
        var healthy = Healthy.Sample(4, 0);
        var ill = healthy with { DrGrade = 3, Lesions = new LesionCounts { Seed = 5, BlotHaemorrhages = 60, ExudateClusters = 5 } };
        var (before, after) = (PhantomRenderer.Render(healthy, 128), PhantomRenderer.Render(ill, 128));
        var changed = before.Zip(after).Count(pair => Math.Abs(pair.First - pair.Second) > 10);

        // Spots of 0.1° to 0.6° on a field of 45°: between a hundredth and a sixth of the bytes.
        Assert.InRange(changed / (double)before.Length, 0.01, 0.17);
    }

    private static LesionMap Place(PhantomParameters parameters) =>
        LesionMap.Place(parameters, VesselTree.Grow(parameters.Disc, parameters.Vessels));
}
