using System.IO.MemoryMappedFiles;
using Fovea.Core.Errors;

namespace Fovea.Imaging.Datasets;

/// <summary>An array of bytes in an NPY file that grows row by row; how many rows it has is written last. Not safe for concurrent use.</summary>
internal sealed class NpyRows : IDisposable
{
    private readonly Stream _stream;
    private readonly int[] _row;
    private readonly int _header;
    private bool _isElsewhere;

    /// <param name="stream">Where it is written; owned.</param>
    /// <param name="row">The shape of a row.</param>
    public NpyRows(Stream stream, params int[] row)
    {
        (_stream, _row) = (stream, row);
        Length = row.Aggregate((product, axis) => product * axis);
        var header = Header(0);
        _header = header.Length;
        _stream.Write(header);
    }

    /// <summary>Bytes of a row.</summary>
    public int Length { get; }

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    public void Append(ReadOnlySpan<byte> row)
    {
        if (_isElsewhere) _stream.Position = OffsetOf(Count);
        _isElsewhere = false;
        _stream.Write(row);
        Count++;
    }

    public byte[] Read(int index)
    {
        var row = new byte[Length];
        _isElsewhere = true;
        _stream.Position = OffsetOf(index);
        _stream.ReadExactly(row);
        return row;
    }

    /// <summary>Drops all rows but some, which move up.</summary>
    /// <param name="rows">Those that stay, ascending.</param>
    public void Keep(IReadOnlyList<int> rows)
    {
        _isElsewhere = true;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = Read(rows[i]);
            _stream.Position = OffsetOf(i);
            _stream.Write(row);
        }

        Count = rows.Count;
        _stream.SetLength(OffsetOf(Count));
    }

    /// <summary>Writes the number of rows and closes the file.</summary>
    public void Complete()
    {
        _stream.Position = 0;
        _stream.Write(Header(Count));
        if (_stream is FileStream file) file.Flush(flushToDisk: true);
        _stream.Dispose();
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // A full disk refuses the last buffer; the file goes anyway.
        }
    }

    private byte[] Header(int count) => NpyHeader.Encode("|u1", [count, .. _row.Select(axis => (long)axis)]);

    private long OffsetOf(int index) => _header + (long)index * Length;
}

/// <summary>
/// The rows of an NPY file of bytes, memory-mapped: opening costs no memory, and any number of threads may read. Spans must not be used after it is disposed.
/// </summary>
internal sealed unsafe class MappedRows : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _bytes;
    private readonly int _length;
    private bool _disposed;

    private MappedRows(string path, int offset, int length)
    {
        _length = length;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _bytes = start + _view.PointerOffset + offset;
    }

    /// <summary>Opens a file whose shape is known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">Its shape, rows first.</param>
    /// <exception cref="InputException">It is another array than the dataset's description asks for, or cut off.</exception>
    public static MappedRows Open(string path, params long[] shape)
    {
        NpyHeader header;
        using (var stream = File.OpenRead(path))
        {
            try
            {
                header = NpyHeader.Read(stream);
            }
            catch (FormatException e)
            {
                throw new InputException($"{path}: {e.Message}", e);
            }

            if (header.ElementType is not ("|u1" or "u1") || header.FortranOrder || !header.Shape.SequenceEqual(shape))
            {
                throw new InputException(
                    $"{path}: holds {header.ElementType} [{string.Join(", ", header.Shape)}]; {DatasetFiles.Description} asks for |u1 "
                        + $"[{string.Join(", ", shape)}] in C order");
            }

            var expected = header.DataOffset + shape.Aggregate((product, axis) => product * axis);
            if (stream.Length != expected)
            {
                throw new InputException(
                    $"{path}: {stream.Length} bytes, {expected} are needed for {shape[0]} images; the file is damaged, prepare the dataset again");
            }
        }

        return new MappedRows(path, header.DataOffset, (int)shape[1..].Aggregate((product, axis) => product * axis));
    }

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new ReadOnlySpan<byte>(_bytes + (long)index * _length, _length);
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
