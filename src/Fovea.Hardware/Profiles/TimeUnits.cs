namespace Fovea.Hardware.Profiles;

/// <summary>
/// Times in the units of profile files and of backend properties. A time is divided by the units per second, never multiplied by a
/// small number: 200 µs become the double nearest to 0.0002.
/// </summary>
internal static class TimeUnits
{
    /// <summary>The units that key names of profile files end in.</summary>
    public static readonly string[] Names = ["us", "ns", "ms", "s"];

    /// <summary>Units per second, or null for a unit that is none of time. Knows both micro signs.</summary>
    public static double? PerSecond(string unit) => unit switch
    {
        "s" => 1,
        "ms" => 1e3,
        "us" or "\u00B5s" or "\u03BCs" => 1e6,
        "ns" => 1e9,
        _ => null,
    };

    /// <summary>The key of a time: its name and unit, or the unit alone when it has no name.</summary>
    public static string Key(string name, string unit) => name.Length == 0 ? unit : $"{name}_{unit}";

    /// <summary>All keys of a time.</summary>
    public static IEnumerable<string> Keys(string name) => Names.Select(unit => Key(name, unit));

    /// <summary>
    /// The number of units that gives back exactly these seconds, the one with the shortest text; null when no double does.
    /// </summary>
    public static double? Exactly(double seconds, string unit)
    {
        var perSecond = PerSecond(unit)!.Value;
        var near = seconds * perSecond;
        double[] candidates = [near, Math.BitIncrement(near), Math.BitDecrement(near)];
        var exact = candidates.Where(value => value / perSecond == seconds).ToList();
        return exact.Count == 0 ? null : exact.MinBy(value => ProfileNumber.Exact(value).Length);
    }
}
