using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange;

/// <summary>What the JSON calls the sources of angles.</summary>
internal static class AngleSourceNames
{
    public static IReadOnlyDictionary<string, AngleSource> ByName { get; } = new Dictionary<string, AngleSource>
    {
        ["constant"] = AngleSource.Constant,
        ["weight"] = AngleSource.Weight,
        ["input"] = AngleSource.Input,
        ["input-product"] = AngleSource.InputProduct,
    };

    public static string Of(AngleSource source) => ByName.Single(pair => pair.Value == source).Key;
}
