using Fovea.Core.Errors;

namespace Fovea.Cli.Commands;

/// <summary>What the trainings of judges allow.</summary>
internal static class TrainingLimits
{
    internal static int Steps(int value) => Between("--steps", value, 1_000_000);

    internal static int Batch(int value) => Between("--batch", value, 4096);

    private static int Between(string option, int value, int most) => value >= 1 && value <= most
        ? value
        : throw new InputException($"{option} {value} is not allowed; allowed: 1 to {most}");
}
