namespace Fovea.Imaging.Datasets;

/// <summary>The part of a dataset that an image belongs to. All images of one patient are in one part.</summary>
public enum Split
{
    /// <summary>Fits the model.</summary>
    Train,

    /// <summary>Watches the training and chooses between models.</summary>
    Val,

    /// <summary>Measures the chosen model, once.</summary>
    Test,
}
