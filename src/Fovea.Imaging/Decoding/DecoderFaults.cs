namespace Fovea.Imaging.Decoding;

/// <summary>Tells from what libvips says whether a picture was damaged, and how, in one line.</summary>
internal static class DecoderFaults
{
    /// <summary>The prefix of what the JPEG decoder says; it tells its first warning only.</summary>
    private const string Jpeg = "VipsJpeg: ";

    private const string OneWarning = "read gave 1 warnings";

    /// <summary>What says nothing of the pixels: a version number, spectral parameters that a sequential file does not use, a profile.</summary>
    private static readonly string[] s_harmless = ["unknown JFIF revision", "Invalid SOS parameters", "bad ICC marker"];

    /// <summary>What decoders inside TIFF files say of pixels that they made up; the rest of libtiff's warnings is about tags.</summary>
    private static readonly string[] s_harmful =
        ["JPEG data", "JPEG file", "JPEG image", "Huffman", "arithmetic code", "Premature", "premature", "Bad code word", "bad code word", "Line length mismatch", "EOL"];

    /// <summary>What the decoder repaired, or null when all that it said is harmless.</summary>
    /// <param name="said">The lines of its warnings.</param>
    public static string? Repair(IReadOnlyList<string> said)
    {
        string[] reads = [.. said.Where(line => line.StartsWith("read gave", StringComparison.Ordinal))];
        if (reads.Length > 0)
        {
            string[] told = [.. said.Where(line => line.StartsWith(Jpeg, StringComparison.Ordinal)).Select(line => line[Jpeg.Length..])];
            var harmless = told.Length > 0 && Array.TrueForAll(reads, line => line == OneWarning) && Array.TrueForAll(told, line => Holds(line, s_harmless));
            return harmless ? null : told.FirstOrDefault("corrupt JPEG data");
        }

        return said.FirstOrDefault(line => Holds(line, s_harmful));
    }

    /// <summary>Why a picture cannot be had.</summary>
    /// <param name="message">The text of the exception.</param>
    /// <param name="said">The lines of the warnings before it, for when it says nothing.</param>
    public static string Failure(string message, IReadOnlyList<string> said)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("unable to call", StringComparison.Ordinal) && !line.StartsWith("unable to write to memory", StringComparison.Ordinal))
            .Distinct().ToArray();
        var warnings = said.Where(line => !line.StartsWith("error in tile", StringComparison.Ordinal)).Distinct().ToArray();
        var told = string.Join("; ", lines.Length > 0 && lines is not ["vipspng: libpng read error"] ? lines : [.. warnings, .. lines]);
        if (told.Contains("samples out of range", StringComparison.Ordinal))
            told += " (samples of more than 32 bits are not read; save it as 32-bit floating-point or 16-bit samples)";
        return told.Length > 0 ? told : "the decoder gives no reason";
    }

    private static bool Holds(string line, string[] words) => Array.Exists(words, word => line.Contains(word, StringComparison.Ordinal));
}
