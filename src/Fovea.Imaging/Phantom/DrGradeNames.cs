namespace Fovea.Imaging.Phantom;

/// <summary>
/// The grades of diabetic retinopathy of the International Clinical Diabetic Retinopathy severity scale (Wilkinson et al.,
/// Ophthalmology 110, 2003) as class names.
/// </summary>
public static class DrGradeNames
{
    /// <summary>Names by grade: 0 none, 1 mild, 2 moderate, 3 severe non-proliferative, 4 proliferative.</summary>
    public static IReadOnlyList<string> All { get; } = ["no_dr", "mild", "moderate", "severe", "proliferative"];
}
