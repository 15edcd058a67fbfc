using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Metrics;
using Fovea.Metrics.Fundus;

namespace Fovea.Tests.Metrics.Faults;

/// <summary>Phantom images of four groups of persons, rendered once for a test class: no photograph, no network.</summary>
public sealed class PhantomSets
{
    private const int Size = 64;
    private const int Count = 160;
    private readonly Lazy<FundusStatistics[]> _realFigures;

    public PhantomSets()
    {
        _realFigures = new(() => Figures(Real));
        (RealFeatures, TrainingFeatures) = (HandFeatures.Of(Real), HandFeatures.Of(Training));
    }

    /// <summary>What stands for held-out real images.</summary>
    public RgbImage[] Real { get; } = Render(11);

    /// <summary>What stands for generated images before a fault: a perfect generator.</summary>
    public RgbImage[] Generated { get; } = Render(12);

    /// <summary>What stands for training images.</summary>
    public RgbImage[] Training { get; } = Render(13);

    /// <summary>Features made by hand of the real images.</summary>
    public FeatureMatrix RealFeatures { get; }

    /// <summary>The same of the training images.</summary>
    public FeatureMatrix TrainingFeatures { get; }

    /// <summary>The figures of the real images.</summary>
    public FundusStatistics[] RealFigures => _realFigures.Value;

    /// <summary>The figures of some images.</summary>
    public static FundusStatistics[] Figures(RgbImage[] images) => [.. images.AsParallel().AsOrdered().Select(FundusStatistics.Measure)];

    private static RgbImage[] Render(ulong seed) =>
        [.. Enumerable.Range(0, Count)
            .AsParallel()
            .AsOrdered()
            .Select(index => new RgbImage(Size, Size, PhantomRenderer.Render(PhantomParameters.Sample(seed, index), Size)))];
}
