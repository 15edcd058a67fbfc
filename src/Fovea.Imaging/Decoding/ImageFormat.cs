namespace Fovea.Imaging.Decoding;

/// <summary>The picture formats that are read.</summary>
public enum ImageFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>TIFF and BigTIFF; of several pages the first.</summary>
    Tiff,

    /// <summary>WebP; of an animation the first frame.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>Portable bitmap, greymap or pixmap (P1 to P6).</summary>
    Pnm,
}
