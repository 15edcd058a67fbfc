namespace Fovea.Tests.Studio;

/// <summary>Every page of the studio, with an address that shows all of its parts.</summary>
internal static class PageList
{
    /// <summary>Names, which pictures of pages are called by, and addresses.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Addresses = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["home"] = "/",
        ["run"] = "/run?path=runs/first",
        ["compare"] = "/compare?path=runs/first&other=runs/second",
        ["dataset"] = "/dataset?path=phantoms&discs=1",
        ["sample"] = "/sample?model=runs/first",
        ["circuits"] = "/circuits",
        ["layers"] = "/circuits?path=runs/first&layer=denoiser.middle.block.conv2",
        ["train"] = "/train",
        ["resume"] = "/train?resume=runs/first",
        ["nothing"] = "/nothing",
        ["report"] = "/files/runs/first/report.html",
    };

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names => [.. Addresses.Keys];
}
