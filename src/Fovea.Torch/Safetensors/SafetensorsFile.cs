using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Torch.Safetensors;

/// <summary>
/// The safetensors format: eight bytes of header length (little-endian), a JSON header, the raw little-endian tensors. Exchanges
/// weights with PyTorch. Limits of this reader: 100,000,000 bytes of header, 100,000 tensors, 16 dimensions; data types F64, F32,
/// F16, BF16, I64, I32, I16, I8, U8 and BOOL.
/// </summary>
public static class SafetensorsFile
{
    private const int ChunkElements = 1 << 24;

    /// <summary>
    /// Writes the tensors, from any device, aside and then moves the file into place. Equal tensors and metadata give equal bytes:
    /// tensors are ordered by falling element size, then by name, so that each one's data is aligned.
    /// </summary>
    /// <exception cref="ArgumentException">A data type that the format cannot hold here, or the name <c>__metadata__</c>.</exception>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors
            .OrderByDescending(t => ElementTypes.SizeOf(t.Value.dtype))
            .ThenBy(t => t.Key, StringComparer.Ordinal)
            .ToArray();
        var header = SafetensorsHeaderWriter.Write(ordered, metadata);
        try
        {
            AtomicFile.Write(path, stream =>
            {
                stream.Write(header);
                foreach (var (_, tensor) in ordered) WriteData(stream, tensor);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({e.Message})", e);
        }
    }

    /// <summary>Reads all tensors to the CPU. The caller disposes the content.</summary>
    /// <exception cref="InputException">The file is missing, unreadable or breaks a rule of the format.</exception>
    public static SafetensorsContent Load(string path) => Read(path, (stream, header) =>
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        using var scope = NewDisposeScope();
        foreach (var entry in header.Entries) tensors.Add(entry.Name, ReadData(stream, path, entry));
        foreach (var tensor in tensors.Values) tensor.DetachFromDisposeScope();
        return new SafetensorsContent(tensors, header.Metadata);
    });

    /// <summary>Reads and checks the header alone: names, shapes, types and metadata without the data.</summary>
    /// <exception cref="InputException">The file is missing, unreadable or breaks a rule of the format.</exception>
    public static SafetensorsHeader LoadHeader(string path) => Read(path, (_, header) => header);

    private static T Read<T>(string path, Func<FileStream, SafetensorsHeader, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return read(stream, ReadHeader(stream, path));
        }
        catch (FileNotFoundException e)
        {
            throw new InputException($"{path}: the file does not exist, a safetensors file is needed", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"{path}: cannot be read, a safetensors file is needed ({e.Message})", e);
        }
        catch (ExternalException e)
        {
            throw new InputException($"{path}: its tensors do not fit into memory", e);
        }
    }

    private static SafetensorsHeader ReadHeader(FileStream stream, string path)
    {
        var fileLength = stream.Length;
        if (fileLength < 10) throw new InputException($"{path}: not a safetensors file: it has {fileLength} bytes, the shortest has 10");
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeaderParser.MaximalHeaderLength || (long)headerLength > fileLength - 8)
        {
            throw new InputException(
                $"{path}: not a safetensors file: its first 8 bytes give a header of {headerLength} bytes; allowed: "
                + $"at most {SafetensorsHeaderParser.MaximalHeaderLength}, and what the file has left ({fileLength - 8})");
        }

        var json = new byte[headerLength];
        stream.ReadExactly(json);
        return new SafetensorsHeaderParser(path).Parse(json, fileLength - 8 - json.Length);
    }

    private static void WriteData(FileStream stream, Tensor tensor)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var chunk in Chunks(tensor.detach().cpu().contiguous()))
        {
            using var span = TensorSpans.OpenBytes(chunk);
            stream.Write(span.Values);
        }
    }

    private static Tensor ReadData(FileStream stream, string path, SafetensorsEntry entry)
    {
        using var scope = NewDisposeScope();
        var tensor = empty([.. entry.Shape], entry.Type);
        foreach (var chunk in Chunks(tensor))
        {
            using var span = TensorSpans.OpenBytes(chunk);
            stream.ReadExactly(span.Values);
            if (entry.Type == ScalarType.Bool && span.Values.ContainsAnyExceptInRange((byte)0, (byte)1))
                throw new InputException($"{path}: not a sound safetensors file: a BOOL tensor holds a byte other than 0 and 1");
        }

        return tensor.MoveToOuterDisposeScope();
    }

    // Views of at most 2^24 elements (128 MiB), for tensors that are larger than a span can be.
    private static IEnumerable<Tensor> Chunks(Tensor tensor)
    {
        var flat = tensor.view(-1);
        for (var start = 0L; start < flat.numel(); start += ChunkElements)
            yield return flat.narrow(0, start, Math.Min(ChunkElements, flat.numel() - start));
    }
}

/// <summary>The tensors and the metadata of a file. It owns the tensors, whatever dispose scope it was made in.</summary>
public sealed class SafetensorsContent : IDisposable
{
    internal SafetensorsContent(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors by name, on the CPU.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The free text entries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors whose names start with the prefix, by the rest of their names. Not copied.</summary>
    public IReadOnlyDictionary<string, Tensor> Group(string prefix) => Tensors
        .Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(t => t.Key[prefix.Length..], t => t.Value, StringComparer.Ordinal);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values) tensor.Dispose();
    }
}

/// <summary>Where one tensor lies in a file.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">Data type.</param>
/// <param name="Shape">Sizes; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">One past the last byte, counted alike.</param>
public sealed record SafetensorsEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape, long Begin, long End);

/// <summary>What a file says of itself before the data.</summary>
/// <param name="Entries">The tensors in the order of their data, which they cover without gap or overlap.</param>
/// <param name="Metadata">The free text entries.</param>
/// <param name="DataStart">Position of the data in the file, bytes.</param>
public sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart);
