using System.CommandLine;
using Fovea.Core.Errors;
using Fovea.Hardware.Profiles;
using Fovea.Laboratory;

namespace Fovea.Cli.Commands;

/// <summary>How analyses are made, on the command line.</summary>
internal sealed class LaboratoryOptions
{
    private readonly Option<string> _profiles = new("--profiles")
    {
        Description = "Devices to compile to and to be disturbed by, with commas between them: shipped names, profiles' files, backends' JSON; or none.",
        DefaultValueFactory = _ => string.Join(',', ShippedProfiles.Names),
        HelpName = "A,B",
    };

    private readonly Option<double> _error = new("--error") { Description = "Target relative standard error of sampled figures, 0.01 to 0.5.", DefaultValueFactory = _ => 0.1 };
    private readonly Option<int> _seed = Terminal.CommonOptions.Seed();

    internal void AddTo(Command command)
    {
        command.Add(_profiles);
        command.Add(_error);
        command.Add(_seed);
    }

    internal AnalysisOptions Read(ParseResult parsed)
    {
        var error = parsed.GetValue(_error);
        if (!(error is >= 0.01 and <= 0.5))
            throw new InputException(FormattableString.Invariant($"--error {error} is not allowed; allowed: 0.01 to 0.5"));
        return new() { Seed = (ulong)parsed.GetValue(_seed), RelativeError = error, Profiles = [.. Names(parsed.GetValue(_profiles)!).Select(name => ShippedProfiles.Load(name))] };
    }

    private static string[] Names(string list) => list.Equals("none", StringComparison.OrdinalIgnoreCase)
        ? []
        : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
