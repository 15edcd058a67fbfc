using Fovea.Core.Errors;

namespace Fovea.Imaging.Phantom;

/// <summary>What <see cref="PhantomDataset.Write"/> makes.</summary>
public sealed record PhantomOptions
{
    /// <summary>The largest dataset, images.</summary>
    public const int LargestCount = 1_000_000;

    /// <summary>The output folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Number of images, 1 to <see cref="LargestCount"/>; persons have two each.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>Image width and height in pixels, 32 to 512.</summary>
    public int Size { get; init; } = 64;

    /// <summary>The seed; image i of a seed is the same eye whatever the count and the size.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What the label of an image is.</summary>
    public PhantomLabel Label { get; init; } = PhantomLabel.DrGrade;

    /// <summary>Threads that render, 0 for one a core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Whether a dataset that is in the folder may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Throws <see cref="InputException"/> with every problem in one line.</summary>
    public void Validate()
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Folder)) problems.Add("out: an output folder is needed");
        if (Count is < 1 or > LargestCount) problems.Add($"count: {Count} is not from 1 to {LargestCount}");
        if (Size is < PhantomRenderer.SmallestSize or > PhantomRenderer.LargestSize)
            problems.Add($"size: {Size} is not from {PhantomRenderer.SmallestSize} to {PhantomRenderer.LargestSize} pixels");
        if (Threads < 0) problems.Add($"threads: {Threads} is negative; 0 means one a core");
        if (!Enum.IsDefined(Label)) problems.Add($"label: {Label} is not one of {string.Join(", ", Enum.GetNames<PhantomLabel>())}");
        if (problems.Count > 0) throw new InputException(string.Join("; ", problems));
    }
}
