namespace Fovea.Imaging.Phantom;

/// <summary>What the classes of a phantom dataset mean.</summary>
public enum PhantomLabel
{
    /// <summary>The grade of diabetic retinopathy, five classes.</summary>
    DrGrade,

    /// <summary>The quality of the picture, three classes.</summary>
    Quality,
}
