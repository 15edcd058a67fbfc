namespace Fovea.Reporting.Pages;

/// <summary>Pictures inside a page, so that it needs no other file.</summary>
public static class DataImage
{
    /// <summary>The address that holds a PNG.</summary>
    public static string Address(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);
}
