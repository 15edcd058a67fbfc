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

/// <summary>The names of the splits as tables write them: train, val, test.</summary>
public static class SplitNames
{
    /// <summary>The name that manifests carry.</summary>
    public static string ToName(this Split split) => split switch
    {
        Split.Train => "train",
        Split.Val => "val",
        Split.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "not a split"),
    };

    /// <summary>
    /// Reads a name, case ignored; <c>valid</c>, <c>validation</c> and <c>dev</c> mean val, <c>training</c> and <c>testing</c>
    /// what they say. False when the name is none of these.
    /// </summary>
    public static bool TryParse(string name, out Split split)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (known, value) = name.Trim().ToLowerInvariant() switch
        {
            "train" or "training" => (true, Split.Train),
            "val" or "valid" or "validation" or "dev" => (true, Split.Val),
            "test" or "testing" => (true, Split.Test),
            _ => (false, default),
        };
        split = value;
        return known;
    }
}
