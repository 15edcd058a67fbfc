using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Training.Configuration;

namespace Fovea.Study.Definitions;

/// <summary>Reads a study's seeds and training sizes.</summary>
internal static class StudySizesReader
{
    public static IReadOnlyList<int> Seeds(SettingsReader settings)
    {
        var seeds = settings.WholeList("seeds", [0], 0, int.MaxValue, 1000);
        if (seeds.Count == 0) throw settings.Broken("seeds", "is empty; allowed: a list of whole numbers");
        StudyReader.RequireOnce(settings, "seeds", seeds);
        return seeds;
    }

    public static IReadOnlyList<TrainingSize> Sizes(SettingsReader settings)
    {
        TrainingSize[] sizes = [.. settings.Items("sizes", ["all"]).Select(item => Size(settings, item))];
        if (sizes.Length == 0) throw settings.Broken("sizes", "is empty; allowed: \"all\", numbers of images, shares below 1");
        StudyReader.RequireOnce(settings, "sizes", sizes.Select(size => size.Name));
        return sizes;
    }

    private static TrainingSize Size(SettingsReader settings, object item) => item switch
    {
        "all" => TrainingSize.All,
        long images and >= 1 and <= int.MaxValue => new TrainingSize((int)images, null),
        double share and > 0 and < 1 => new TrainingSize(null, share),
        _ => throw Wrong(settings, item),
    };

    private static InputException Wrong(SettingsReader settings, object item) => settings.Broken(
        "sizes", string.Create(CultureInfo.InvariantCulture, $"holds {item}, which is not allowed; allowed: \"all\", a whole number of images from 1, a share of all above 0 and below 1"));
}
