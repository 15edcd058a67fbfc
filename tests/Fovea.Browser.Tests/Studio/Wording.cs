using System.Text.RegularExpressions;

namespace Fovea.Tests.Studio;

/// <summary>What pages say, where tests wait for it.</summary>
internal static partial class Wording
{
    /// <summary>Images are drawn.</summary>
    internal static Regex Done { get; } = DonePattern();

    /// <summary>A stage after some steps, with its loss and rate.</summary>
    internal static Regex Step { get; } = StepPattern();

    [GeneratedRegex("^done in ")]
    private static partial Regex DonePattern();

    [GeneratedRegex(@"^step (?<step>[\d,]+) of [\d,]+, loss (?<loss>[\d.e-]+), ")]
    private static partial Regex StepPattern();
}
