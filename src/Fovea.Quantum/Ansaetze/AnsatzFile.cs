using System.Text.Unicode;
using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze.Language;

namespace Fovea.Quantum.Ansaetze;

/// <summary>Ansätze in files of the user's.</summary>
public static class AnsatzFile
{
    /// <summary>How the files are named.</summary>
    public const string Extension = ".ansatz";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a setting means a file and not a name: it ends in <see cref="Extension"/>, or there is such a file.</summary>
    public static bool IsMeantBy(string nameOrPath) =>
        Path.GetExtension(nameOrPath).Equals(Extension, StringComparison.OrdinalIgnoreCase) || File.Exists(nameOrPath);

    /// <summary>Reads a file in UTF-8 of up to <see cref="AnsatzDefinition.MaxBytes"/>.</summary>
    /// <exception cref="InputException">There is no such file, it cannot be read, or it breaks a rule; one line with the path.</exception>
    public static Ansatz Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return AnsatzDefinition.Parse(Decode(ReadBytes(path), new DefinitionSource(path)), path);
    }

    private static byte[] ReadBytes(string path)
    {
        var source = new DefinitionSource(path);
        if (!File.Exists(path))
            throw source.Problem(Directory.Exists(path) ? "is a folder; an ansatz is a file" : "no such file");
        try
        {
            // No more than is allowed: what has a name may be endless.
            using var stream = File.OpenRead(path);
            var bytes = new byte[AnsatzDefinition.MaxBytes + ByteOrderMark.Length + 1];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"{source.Name}: cannot be read ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, DefinitionSource source)
    {
        if (bytes.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        if (bytes.Length > AnsatzDefinition.MaxBytes)
            throw SourceText.TooLarge(source);
        var text = new char[bytes.Length];
        if (Utf8.ToUtf16(bytes, text, out var read, out var written, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
            throw source.Problem(bytes[..read].Count((byte)'\n') + 1, "is not UTF-8 text; save the file in that encoding");
        return new string(text, 0, written);
    }
}

/// <summary>Reads an ansatz from the text that declares it; the grammar is in docs/ansatz.md.</summary>
public static class AnsatzDefinition
{
    /// <summary>Most bytes of a definition in UTF-8.</summary>
    public const int MaxBytes = SourceText.MaxBytes;

    /// <summary>
    /// Reads a definition. Its names may not be those of an ansatz that comes with the library, unless it is that ansatz to the letter.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="source">What messages call it: a file or a setting.</param>
    /// <exception cref="InputException">The text breaks a rule; the message is one line, "SOURCE:LINE: …".</exception>
    public static Ansatz Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        return AnsatzRegistry.Shipped.FirstOrDefault(shipped => shipped.Source == text)
            ?? DefinitionReader.Read(text, source, AnsatzRegistry.TakenNames);
    }
}
