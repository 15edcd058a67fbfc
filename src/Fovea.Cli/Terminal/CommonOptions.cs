using System.CommandLine;

namespace Fovea.Cli.Terminal;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    internal static Option<string> Out(string description) => new("--out") { Description = description, Required = true, HelpName = "DIR" };

    internal static Option<bool> Force() => new("--force") { Description = "Replace what is in the output folder." };

    internal static Option<int> Seed() => new("--seed") { Description = "Seed of all randomness.", DefaultValueFactory = _ => 0 };
}
