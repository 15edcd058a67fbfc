using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace Fovea.Training.Runs;

/// <summary>
/// A TensorBoard event file. TorchSharp's own writer can neither say where a resumed run goes on nor when a value was written.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const string Pattern = "events.out.tfevents.";
    private readonly FileStream _stream;

    /// <summary>
    /// Begins a file in the folder. Where others are there already it says that the session goes on at <paramref name="firstStep"/>, so that
    /// readers drop the steps from there on that a killed process has left in them.
    /// </summary>
    internal EventFile(string folder, long firstStep)
    {
        Directory.CreateDirectory(folder);
        var goesOn = Directory.EnumerateFiles(folder, Pattern + "*").Any();
        // Readers take files in the order of their names; ticks are what earlier versions named them by.
        var name = string.Create(CultureInfo.InvariantCulture, $"{Pattern}{DateTime.Now.Ticks}.{Environment.MachineName}.{Environment.ProcessId}");
        _stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(new Event { FileVersion = "brain.Event:2", Step = goesOn ? firstStep : 0 });
        if (goesOn) Write(new Event { Step = firstStep, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
    }

    /// <summary>Appends one value and flushes it.</summary>
    internal void Add(string tag, double value, long step) =>
        Write(new Event { Step = step, Summary = new Summary { Value = { new Summary.Types.Value { Tag = tag, SimpleValue = (float)value } } } });

    public void Dispose() => _stream.Dispose();

    // A record of TFRecord: length, its checksum, data, its checksum.
    private void Write(Event entry)
    {
        entry.WallTime = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        var data = entry.ToByteArray();
        var record = new byte[data.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Checksum(data));
        _stream.Write(record);
        _stream.Flush();
    }

    // CRC-32C, rotated and shifted by a constant as the format asks.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data) sum = BitOperations.Crc32C(sum, value);
        return BitOperations.RotateRight(~sum, 15) + 0xa282ead8;
    }
}
