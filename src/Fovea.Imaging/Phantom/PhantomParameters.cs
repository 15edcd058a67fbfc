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
