using Fovea.Core.Random;
using Fovea.Judges.Grading;
using Fovea.Judges.Training;
using static TorchSharp.torch;

namespace Fovea.Tests.Evaluation.Faults;

public sealed class PlantedFaultTests
{
    [Fact]
    public void Apply_AnyFault_ChangesThePictureAndStaysInRange()
    {
        using var scope = NewDisposeScope();
        var image = rand(3, 32, 32);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var changed = PlantedFault.Apply(image, new CounterRandom(seed, 0));
            Assert.Equal(image.shape, changed.shape);
            Assert.InRange(changed.min().item<float>(), 0f, 1f);
            Assert.InRange(changed.max().item<float>(), 0f, 1f);
            Assert.True((changed - image).abs().mean().item<float>() > 0.02f, $"seed {seed}");
        }
    }

    [Fact]
    public void Augmentation_OnlyGoodPictures_BecomeRejects()
    {
        using var scope = NewDisposeScope();
        QualityGrade[] grades = [.. Enumerable.Range(0, 60).Select(i => (QualityGrade)(i % 3))];
        var (images, changed) = new GraderAugmentation(new CounterRandom(1, 2)).Apply(rand(60, 3, 16, 16), grades);
        Assert.Equal([60, 3, 16, 16], images.shape);
        Assert.All(grades.Zip(changed).Where(pair => pair.First != QualityGrade.Good), pair => Assert.Equal(pair.First, pair.Second));
        // A quarter of the 20 good ones, give or take chance.
        Assert.InRange(grades.Zip(changed).Count(pair => pair.First != pair.Second), 1, 12);
        Assert.InRange(images.abs().max().item<float>(), 0f, 1f);
    }

    [Fact]
    public void Augmentation_SameStep_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var batch = rand(4, 3, 16, 16);
        QualityGrade[] grades = [QualityGrade.Good, QualityGrade.Good, QualityGrade.Usable, QualityGrade.Reject];
        var (first, _) = new GraderAugmentation(new CounterRandom(1, 7)).Apply(batch, grades);
        var (second, _) = new GraderAugmentation(new CounterRandom(1, 7)).Apply(batch, grades);
        var (other, _) = new GraderAugmentation(new CounterRandom(1, 8)).Apply(batch, grades);
        Assert.True(first.equal(second).all().item<bool>());
        Assert.False(first.equal(other).all().item<bool>());
    }
}
