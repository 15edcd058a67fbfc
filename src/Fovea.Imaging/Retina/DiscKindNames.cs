namespace Fovea.Imaging.Retina;

/// <summary>The names of the kinds as manifests write them: circle, truncated, inner_crop, other.</summary>
public static class DiscKindNames
{
    /// <summary>The name that manifests carry.</summary>
    public static string ToName(this DiscKind kind) => kind switch
    {
        DiscKind.Circle => "circle",
        DiscKind.Truncated => "truncated",
        DiscKind.InnerCrop => "inner_crop",
        DiscKind.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a disc kind"),
    };

    /// <summary>Reads a name as written by <see cref="ToName"/>; false when it is none of them.</summary>
    public static bool TryParse(string name, out DiscKind kind)
    {
        foreach (var candidate in Enum.GetValues<DiscKind>())
        {
            kind = candidate;
            if (candidate.ToName() == name) return true;
        }

        kind = DiscKind.Other;
        return false;
    }
}
