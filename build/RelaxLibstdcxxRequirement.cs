using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks one of its symbol-version requirements as weak (VER_FLG_WEAK in vna_flags of
/// .gnu.version_r), so that the loader accepts an older libstdc++. Fails on a file that it does not understand.
/// </summary>
public sealed class RelaxLibstdcxxRequirement : Task
{
    private const ushort VersionFlagWeak = 2;
    private const uint SectionTypeVersionNeed = 0x6ffffffe;

    [Required] public string Source { get; set; }

    [Required] public string Destination { get; set; }

    [Required] public string Version { get; set; }

    public override bool Execute()
    {
        try
        {
            var bytes = File.ReadAllBytes(Source);
            var flagsAt = FindFlags(bytes);
            BitConverter.GetBytes((ushort)(BitConverter.ToUInt16(bytes, flagsAt) | VersionFlagWeak)).CopyTo(bytes, flagsAt);
            // Moved into place whole: builds of several projects may ask for the file at once.
            var aside = Destination + "." + Guid.NewGuid().ToString("N");
            File.WriteAllBytes(aside, bytes);
            if (File.Exists(Destination)) File.Delete(Destination);
            File.Move(aside, Destination);
            Log.LogMessage(MessageImportance.Normal, "{0}: {1} made a weak requirement", Destination, Version);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException || e is IOException || e is UnauthorizedAccessException
            || e is ArgumentException || e is IndexOutOfRangeException || e is OverflowException)
        {
            Log.LogError("{0}: cannot relax its need for {1}: {2}", Source, Version, e.Message);
            return false;
        }
    }

    private int FindFlags(byte[] elf)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        var sectionsAt = checked((int)BitConverter.ToUInt64(elf, 0x28));
        var sectionSize = BitConverter.ToUInt16(elf, 0x3a);
        var sectionCount = BitConverter.ToUInt16(elf, 0x3c);
        for (var i = 0; i < sectionCount; i++)
        {
            var header = sectionsAt + i * sectionSize;
            if (BitConverter.ToUInt32(elf, header + 4) != SectionTypeVersionNeed) continue;
            var strings = sectionsAt + (int)BitConverter.ToUInt32(elf, header + 40) * sectionSize;
            var flags = FindFlags(elf, Offset(elf, header), (int)BitConverter.ToUInt32(elf, header + 44), Offset(elf, strings));
            if (flags >= 0) return flags;
        }

        throw new InvalidDataException("it has no such version requirement");
    }

    private int FindFlags(byte[] elf, int needAt, int needCount, int stringsAt)
    {
        for (var need = 0; need < needCount; need++)
        {
            var auxCount = BitConverter.ToUInt16(elf, needAt + 2);
            var auxAt = needAt + (int)BitConverter.ToUInt32(elf, needAt + 8);
            for (var aux = 0; aux < auxCount; aux++)
            {
                if (Name(elf, stringsAt + (int)BitConverter.ToUInt32(elf, auxAt + 8)) == Version) return auxAt + 4;
                auxAt += (int)BitConverter.ToUInt32(elf, auxAt + 12);
            }

            needAt += (int)BitConverter.ToUInt32(elf, needAt + 12);
        }

        return -1;
    }

    private static int Offset(byte[] elf, int sectionHeader) => checked((int)BitConverter.ToUInt64(elf, sectionHeader + 24));

    private static string Name(byte[] elf, int at) => Encoding.ASCII.GetString(elf, at, Array.IndexOf(elf, (byte)0, at) - at);
}
