using System.CommandLine;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea features</c></summary>
internal static class FeaturesCommand
{
    internal static Command Create() =>
        new("features", "Networks that turn pictures into numbers, for distances between sets of pictures.") { FeaturesTrainCommand.Create() };
}
