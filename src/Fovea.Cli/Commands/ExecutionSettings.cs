using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;

namespace Fovea.Cli.Commands;

/// <summary>The options that put circuits on a device.</summary>
internal sealed class ExecutionSettings
{
    private readonly Option<string?> _noise = CommonOptions.NotEmpty(new Option<string?>("--noise")
    {
        Description = $"Run circuits under a device's noise: {string.Join(", ", ShippedProfiles.Names)}, a profile's file, "
            + "or a backend's JSON; circuits from files also under plain noise, depolarizing:P,readout:P.",
        HelpName = "PROFILE",
    }).Suggest(() => ShippedProfiles.Names);

    private readonly Option<double> _scale = new("--noise-scale") { Description = "Factor on the device's noise.", DefaultValueFactory = _ => 1 };

    private readonly Option<int?> _shots = Shots();
    private readonly Option<Mitigation> _mitigate = Mitigate();

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _noise, _scale, _shots, _mitigate })
            command.Add(option);
    }

    /// <summary>The device, or null where neither noise nor shots are asked for.</summary>
    internal DeviceBackend? Backend(ParseResult parsed, int seed, Action<string> announce)
    {
        var (profile, options) = Read(parsed, seed, announce);
        if (profile is null && options.Shots is null) return null;
        // Shots alone are measurements of ideal circuits, which no device changes.
        return profile is null
            ? new DeviceBackend(ShippedProfiles.Load(ShippedProfiles.Names[0]), options with { NoiseScale = 0 })
            : new DeviceBackend(profile, options);
    }

    /// <summary>The device's profile, null without noise, and how circuits run on it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">Seed of the shots.</param>
    /// <param name="announce">Is told what an import left out.</param>
    /// <param name="takesPlain">Whether the command takes plain noise, which <see cref="Plain"/> reads.</param>
    internal (DeviceProfile? Profile, ExecutionOptions Options) Read(ParseResult parsed, int seed, Action<string> announce, bool takesPlain = false)
    {
        var isPlain = parsed.GetValue(_noise) is { } text && PlainNoise.IsPlain(text);
        if (isPlain && !takesPlain)
            throw new InputException("--noise: plain noise without a device goes with circuit run and circuit gradient; here allowed: a device's profile");
        if (isPlain && parsed.GetResult(_scale) is { Implicit: false })
            throw new InputException("--noise-scale needs a device: --noise PROFILE");
        var (noise, shots) = (parsed.GetValue(_noise), parsed.GetValue(_shots));
        if (noise is null && (parsed.GetResult(_scale) is { Implicit: false } || (shots is null && parsed.GetValue(_mitigate) != Mitigation.None)))
            throw new InputException("--noise-scale and --mitigate need a device: --noise PROFILE");
        var options = new ExecutionOptions
        {
            NoiseScale = parsed.GetValue(_scale),
            Shots = shots,
            Seed = (ulong)seed,
            Mitigation = parsed.GetValue(_mitigate),
        };
        return (noise is null || isPlain ? null : ShippedProfiles.Load(noise, announce), options);
    }

    /// <summary>Noise without a device, as depolarizing:0.001; null for none.</summary>
    internal PlainNoise? Plain(ParseResult parsed) => parsed.GetValue(_noise) is { } text && PlainNoise.IsPlain(text) ? PlainNoise.Parse(text) : null;

    internal static Option<int?> Shots() => new("--shots") { Description = "Measurements for every expectation value; default: exact values.", HelpName = "N" };

    internal static Option<Mitigation> Mitigate() => CommonOptions.Choice(
        "--mitigate",
        "What is done about noise after the measurement",
        new Dictionary<string, Mitigation>
        {
            ["none"] = Mitigation.None,
            ["readout"] = Mitigation.Readout,
            ["zne"] = Mitigation.ZeroNoise,
        });
}
