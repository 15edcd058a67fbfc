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

    /// <summary>Whether a figure is had without drawing images.</summary>
    internal static bool IsWithoutImages(string endpoint) => endpoint is "held_out_loss" or "psnr" or "ssim";

    /// <summary>Whether a figure lies between 0 and 1.</summary>
    internal static bool IsShare(string endpoint) => endpoint is "gradable" or "recall" or "coverage" or "precision" or "ssim";

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

    public static StudyProtocol? Read(SettingsReader settings, IReadOnlyList<int> seeds, StudySampling sampling)
    {
        if (!settings.HasSection("protocol")) return null;
        var allowed = sampling.Draws ? StudyProtocol.Endpoints : [.. StudyProtocol.Endpoints.Where(StudyProtocol.IsWithoutImages)];
        var words = string.Join(", ", allowed) + (sampling.Draws ? ", of a feature network as frechet_distance:FundusNet" : "");
        void RequireEndpoint(string key, string name)
        {
            var parts = name.Split(':', 2);
            if (!allowed.Contains(parts[0]))
            {
                var why = StudyProtocol.Endpoints.Contains(parts[0]) ? ", of images, and sampling.count = 0 draws none" : "";
                throw settings.Broken(key, $"names '{name}'{why}; allowed: {words}");
            }

            if (parts.Length > 1 && !StudyProtocol.IsOfFeatures(parts[0]))
                throw settings.Broken(key, $"names '{name}'; {parts[0]} is of no network; allowed: {parts[0]}");
        }

        var primary = settings.Text("protocol.primary", "");
        if (primary.Length == 0) throw settings.Broken("protocol.primary", $"is missing; allowed: {words}");
        RequireEndpoint("protocol.primary", primary);
        var secondary = settings.Texts("protocol.secondary", []);
        foreach (var name in secondary) RequireEndpoint("protocol.secondary", name);
        StudyReader.RequireOnce(settings, "protocol.secondary", secondary.Append(primary));
        return new(
            primary, secondary, SmallestDifference(settings, primary), settings.WholeNumber("protocol.seeds", seeds.Count, 2, MostSeeds), settings.Text(
                "protocol.stopping", ""));
    }

    private static double SmallestDifference(SettingsReader settings, string primary)
    {
        const string Key = "protocol.smallest_difference";
        var isShare = StudyProtocol.IsShare(primary.Split(':')[0]);
        var allowed = isShare ? "a number above 0 and below 1, since that figure lies between 0 and 1" : "a number above 0, in the unit of the primary figure";
        if (!settings.Has(Key)) throw settings.Broken(Key, $"is missing; allowed: {allowed}");
        var difference = settings.Real(Key, 1, 0, 1e9);
        return difference > 0 && (!isShare || difference < 1)
            ? difference
            : throw settings.Broken(
                Key, string.Create(CultureInfo.InvariantCulture, $"= {difference} is not allowed with primary = \"{primary}\"; allowed: {allowed}"));
    }
}
