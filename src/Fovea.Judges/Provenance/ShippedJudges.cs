using Fovea.Core.Files;

namespace Fovea.Judges.Provenance;

/// <summary>Paths of the weights that come with the program, beside it in the folder <c>judges</c>.</summary>
public static class ShippedJudges
{
    private static readonly int[] s_graderSides = [64, 128];

    /// <summary>The weights of FundusNet, for images of 128 px.</summary>
    public static string FundusNet => PathOf("fundusnet-128");

    /// <summary>Names of the graders.</summary>
    public static IReadOnlyList<string> Graders { get; } = [.. s_graderSides.Select(NameOfGrader)];

    /// <summary>
    /// The grader for images of a side: the one of the largest side that is not above it, or that of 64 px. Null when the file is not there.
    /// </summary>
    public static string? Grader(int side) => Existing(PathOf(NameOfGrader(s_graderSides.LastOrDefault(shipped => shipped <= side, s_graderSides[0]))));

    /// <summary>The path of a grader by its name, as <c>grader-64</c>; null when none is called so.</summary>
    public static string? GraderNamed(string name) => Graders.Contains(name) ? PathOf(name) : null;

    /// <summary>Whether a hash is that of the file of a judge that comes with the program.</summary>
    /// <param name="hash">SHA-256, lower-case hexadecimal.</param>
    public static bool IsShipped(string hash) => Graders.Select(PathOf).Append(FundusNet).Where(File.Exists).Any(path => FileHash.Compute(path) == hash);

    private static string NameOfGrader(int side) => $"grader-{side}";

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "judges", name + ".safetensors");
}
