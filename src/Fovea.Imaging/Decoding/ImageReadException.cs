namespace Fovea.Imaging.Decoding;

/// <summary>A file gives no picture; the message is the reason in one line, without the file's name.</summary>
public sealed class ImageReadException : Exception
{
    /// <summary>Creates the exception from its reason.</summary>
    public ImageReadException(string message) : base(message) { }

    /// <summary>Creates the exception from its reason and the failure behind it.</summary>
    public ImageReadException(string message, Exception innerException) : base(message, innerException) { }
}
