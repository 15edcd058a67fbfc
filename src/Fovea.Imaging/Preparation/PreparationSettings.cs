using System.Globalization;

namespace Fovea.Imaging.Preparation;

/// <summary>The settings of a preparation as dataset.json records them.</summary>
internal static class PreparationSettings
{
    public static Dictionary<string, string> Describe(PrepareOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["size"] = options.Size.ToString(CultureInfo.InvariantCulture),
            ["valFraction"] = options.ValFraction.ToString(CultureInfo.InvariantCulture),
            ["maxPixels"] = options.MaxPixels.ToString(CultureInfo.InvariantCulture),
            ["nearDuplicateBits"] = NearDuplicateFinder.MaxDistance.ToString(CultureInfo.InvariantCulture),
            // Names without folders: a path may hold the name of a user or of a patient.
            ["source"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Source))),
        };
        if (options.Accept is { } accept) settings["accept"] = accept == AcceptedPictures.Any ? "any" : "fundus";
        if (options.Labels is not null) settings["labels"] = Path.GetFileName(options.Labels);
        if (options.FileColumn is not null) settings["fileColumn"] = options.FileColumn;
        if (options.LabelColumn is not null) settings["labelColumn"] = options.LabelColumn;
        if (options.PatientColumn is not null) settings["patientColumn"] = options.PatientColumn;
        if (options.SplitColumn is not null) settings["splitColumn"] = options.SplitColumn;
        return settings;
    }
}
