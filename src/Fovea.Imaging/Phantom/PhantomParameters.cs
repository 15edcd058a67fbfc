using Fovea.Core.Errors;

namespace Fovea.Imaging.Phantom;

/// <summary>
/// Everything that determines a phantom image but its size: the eye, its disease, the camera and what went wrong. Retinal
/// positions are in degrees of visual angle from the fovea, x nasal and y down, for both eyes.
/// </summary>
public sealed record PhantomParameters
{
    /// <summary>Number of the image in its dataset.</summary>
    public required int Index { get; init; }

    /// <summary>Number of the person; images 2p and 2p + 1 show the right and the left eye of person p.</summary>
    public required int Patient { get; init; }

    /// <summary>Which eye.</summary>
    public required EyeSide Eye { get; init; }

    /// <summary>Grade of diabetic retinopathy, 0 (none) to 4 (proliferative).</summary>
    public required int DrGrade { get; init; }

    /// <summary>Quality of the picture.</summary>
    public required ImageQuality Quality { get; init; }

    /// <summary>The fault; <see cref="QualityFault.None"/> exactly when the quality is good.</summary>
    public required QualityFault Fault { get; init; }

    /// <summary>Strength of the fault, 0 (none) to 1.</summary>
    public required float FaultSeverity { get; init; }

    /// <summary>Direction of a fault that has one (shadow), degrees clockwise from the right of the picture.</summary>
    public required float FaultDirection { get; init; }

    /// <summary>Seed of the textures.</summary>
    public required ulong TextureSeed { get; init; }

    /// <summary>The camera.</summary>
    public required CameraView Camera { get; init; }

    /// <summary>The optic disc.</summary>
    public required OpticDisc Disc { get; init; }

    /// <summary>The retina's colour and texture.</summary>
    public required RetinaTone Tone { get; init; }

    /// <summary>The vessels.</summary>
    public required VesselStyle Vessels { get; init; }

    /// <summary>The lesions.</summary>
    public required LesionCounts Lesions { get; init; }

    /// <summary>
    /// The parameters of image <paramref name="index"/> under <paramref name="seed"/>; a pure function of both. Throws when
    /// <paramref name="index"/> is negative.
    /// </summary>
    public static PhantomParameters Sample(ulong seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return PhantomSampler.Sample(seed, index);
    }
}

/// <summary>What the classes of a phantom dataset mean.</summary>
public enum PhantomLabel
{
    /// <summary>The grade of diabetic retinopathy, five classes.</summary>
    DrGrade,

    /// <summary>The quality of the picture, three classes.</summary>
    Quality,
}

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

/// <summary>
/// The grades of diabetic retinopathy of the International Clinical Diabetic Retinopathy severity scale (Wilkinson et al.,
/// Ophthalmology 110, 2003) as class names.
/// </summary>
public static class DrGradeNames
{
    /// <summary>Names by grade: 0 none, 1 mild, 2 moderate, 3 severe non-proliferative, 4 proliferative.</summary>
    public static IReadOnlyList<string> All { get; } = ["no_dr", "mild", "moderate", "severe", "proliferative"];
}

/// <summary>Which eye of the person is seen. In a photograph the optic disc lies on the nasal side of the fovea.</summary>
public enum EyeSide
{
    /// <summary>The right eye (oculus dexter): nasal is to the right of the picture.</summary>
    Right,

    /// <summary>The left eye (oculus sinister): nasal is to the left of the picture.</summary>
    Left,
}

/// <summary>How well a photograph can be graded.</summary>
public enum ImageQuality
{
    /// <summary>No fault.</summary>
    Good,

    /// <summary>A fault is seen, the vessels and the larger lesions can still be told.</summary>
    Usable,

    /// <summary>The fault hides what a reader needs.</summary>
    Reject,
}

/// <summary>What went wrong when the picture was taken.</summary>
public enum QualityFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The retina is out of focus.</summary>
    Defocus,

    /// <summary>Too little light: a small pupil or a weak flash.</summary>
    Dark,

    /// <summary>Too much light: the bright parts saturate.</summary>
    Bright,

    /// <summary>A cataract or a dirty lens lays a veil over the picture.</summary>
    Haze,

    /// <summary>The lid, the lashes or the edge of the pupil shade a part of the field.</summary>
    Shadow,

    /// <summary>A part of the field of view is missing.</summary>
    Truncation,
}
