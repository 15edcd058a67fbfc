using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>One spot. Lengths in degrees; positions from the fovea, x nasal and y down.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Centre">Its middle.</param>
/// <param name="Radius">Half axis across its course.</param>
/// <param name="Elongation">Half axis along its course as a multiple of <paramref name="Radius"/>.</param>
/// <param name="Angle">Direction of the course, radians, clockwise from nasal.</param>
/// <param name="Strength">Density of the blood, or opacity of a pale lesion.</param>
/// <param name="Outline">Place in the noise that shapes its outline.</param>
public readonly record struct Lesion(
    LesionKind Kind, Vector2 Centre, float Radius, float Elongation, float Angle, float Strength, float Outline);
