namespace Fovea.Evaluation.Metrics;

/// <summary>How many images make a set that can be judged.</summary>
public static class SetSize
{
    /// <summary>The least, of real as of generated images.</summary>
    public const int Least = 20;
}
