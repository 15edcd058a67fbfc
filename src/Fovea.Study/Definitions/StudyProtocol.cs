using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fovea.Training.Configuration;

namespace Fovea.Study.Definitions;

/// <summary>
/// What a study decides before it sees a result: by which figure its questions are answered, from which difference on an answer matters, how many seeds there
/// are.
/// </summary>
/// <param name="Primary">The figure that answers the questions: a name out of <see cref="Endpoints"/>, behind a colon the feature network where there are
/// several.</param>
/// <param name="Secondary">Figures that were named beforehand, too, in order; they support an answer and give none.</param>
/// <param name="SmallestDifference">The smallest difference of the primary figure that would matter, in its unit (shares 0 to 1); above 0.</param>
/// <param name="Seeds">Seeds that are planned.</param>
/// <param name="Stopping">When the study ends, in words; may be empty.</param>
public sealed record StudyProtocol(string Primary, IReadOnlyList<string> Secondary, double SmallestDifference, int Seeds, string Stopping)
{
    /// <summary>The figures that can be named: those that have a better side.</summary>
    public static IReadOnlyList<string> Endpoints { get; } =
        ["held_out_loss", "frechet_distance", "gradable", "recall", "coverage", "precision", "kernel_distance", "psnr", "ssim"];

    /// <summary>Whether a figure is of a network's features, which stands behind a colon where there are several.</summary>
    public static bool IsOfFeatures(string endpoint) => endpoint is "frechet_distance" or "recall" or "coverage" or "precision" or "kernel_distance";

    /// <summary>SHA-256 of all that it says: cells keep that of the day on which they were finished.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', [Primary, string.Join(' ', Secondary), SmallestDifference.ToString("R", CultureInfo.InvariantCulture), $"{Seeds}", Stopping]))));

    /// <summary>Whether a metric is what a name of the protocol means.</summary>
    /// <param name="endpoint">A name, with or without a network.</param>
    /// <param name="key">The metric's key.</param>
    /// <param name="network">Its network; empty for none.</param>
    public static bool IsOf(string endpoint, string key, string network)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var parts = endpoint.Split(':', 2);
        return parts[0] == key && (parts.Length == 1 || string.Equals(parts[1], network, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Reads <c>[protocol]</c>.</summary>
internal static class StudyProtocolReader
{
    private const int MostSeeds = 10_000;

    public static StudyProtocol? Read(SettingsReader settings, IReadOnlyList<int> seeds)
    {
        if (!settings.HasSection("protocol")) return null;
        var primary = settings.Text("protocol.primary", "");
        if (primary.Length == 0) throw settings.Broken("protocol.primary", $"is missing; allowed: {Allowed}");
        RequireEndpoint(settings, "protocol.primary", primary);
        var secondary = settings.Texts("protocol.secondary", []);
        foreach (var name in secondary) RequireEndpoint(settings, "protocol.secondary", name);
        StudyReader.RequireOnce(settings, "protocol.secondary", secondary.Append(primary));
        if (!settings.Has("protocol.smallest_difference"))
            throw settings.Broken("protocol.smallest_difference", "is missing; allowed: a number above 0, in the unit of the primary figure");
        return new(
            primary, secondary, settings.Real("protocol.smallest_difference", 1, double.Epsilon, 1e9), settings.WholeNumber(
                "protocol.seeds", seeds.Count, 2, MostSeeds),
            settings.Text("protocol.stopping", ""));
    }

    private static string Allowed => string.Join(", ", StudyProtocol.Endpoints) + ", of a feature network as frechet_distance:FundusNet";

    private static void RequireEndpoint(SettingsReader settings, string key, string name)
    {
        var parts = name.Split(':', 2);
        if (!StudyProtocol.Endpoints.Contains(parts[0])) throw settings.Broken(key, $"names '{name}'; allowed: {Allowed}");
        if (parts.Length > 1 && !StudyProtocol.IsOfFeatures(parts[0]))
            throw settings.Broken(key, $"names '{name}'; {parts[0]} is of no network; allowed: {parts[0]}");
    }
}
