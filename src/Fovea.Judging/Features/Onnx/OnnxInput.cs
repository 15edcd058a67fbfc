using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Training.Configuration;

namespace Fovea.Judging.Features.Onnx;

/// <summary>How pixels are put to a user's network: what an ONNX file itself does not say. It stands beside the network as <c>FILE.onnx.toml</c>.</summary>
public sealed record OnnxInput
{
    private const int MostSide = 2048;
    private const double MostValue = 1e6;

    /// <summary>The network's name in results; empty for the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the input in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>The values that 0 and 255 become.</summary>
    public required (double Black, double White) Range { get; init; }

    /// <summary>What is subtracted from red, green and blue after that.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>What red, green and blue are divided by after that.</summary>
    public required IReadOnlyList<double> Std { get; init; }

    /// <summary>Whether blue comes first.</summary>
    public required bool IsBlueFirst { get; init; }

    /// <summary>The output to take; null for the only one.</summary>
    public string? Output { get; init; }

    /// <summary>Whether this is the Inception network with the weights that FID is defined on.</summary>
    public required bool IsInception { get; init; }

    /// <summary>The convention in words.</summary>
    public string Words => FormattableString.Invariant(
        $"{(IsBlueFirst ? "blue, green, red" : "red, green, blue")} from {Range.Black:G4} to {Range.White:G4}, less ({string.Join(", ", Mean)}), over ({string.Join(", ", Std)})");

    /// <summary>All that the file says, each number to its last digit: two texts are equal only where the outputs and their names are.</summary>
    internal string Content => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}\n{Side}\n{Range.Black:R} {Range.White:R}\n{Numbers(Mean)}\n{Numbers(Std)}\n{IsBlueFirst}\n{Output}\n{IsInception}");

    /// <summary>Reads the file beside a network.</summary>
    /// <param name="network">The ONNX file.</param>
    /// <exception cref="InputException">It is missing or breaks a rule.</exception>
    public static OnnxInput Beside(string network)
    {
        var path = network + ".toml";
        if (!File.Exists(path))
            throw new InputException($"{path}: missing; it says how pixels are put to the network, for instance: size = 299, range = [-1, 1], order = \"RGB\"");
        var settings = new SettingsReader(File.ReadAllText(path), path, []);
        var range = settings.RealList("range", [0, 1], -MostValue, MostValue);
        var input = new OnnxInput
        {
            Name = settings.Text("name", ""),
            Side = settings.Whole("size", 0, 1, MostSide),
            Range = (range[0], range[1]),
            Mean = settings.RealList("mean", [0, 0, 0], -MostValue, MostValue),
            Std = settings.RealList("std", [1, 1, 1], 1e-6, MostValue),
            IsBlueFirst = settings.Text("order", "RGB", ["RGB", "BGR"]) == "BGR",
            Output = settings.OptionalText("output"),
            IsInception = settings.Flag("fid_inception", false),
        };
        settings.RequireAllKnown();
        return input;
    }

    private static string Numbers(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
