using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Marks one symbol-version requirement of a 64-bit little-endian ELF library as weak (VER_FLG_WEAK in vna_flags of
/// .gnu.version_r), so that the loader accepts an older libstdc++. Does nothing where the system's libstdc++ has the version or
/// the file is relaxed already; fails on a file that it does not understand.
/// </summary>
public sealed class RelaxLibstdcxxRequirement : Task
{
    private const ushort VersionFlagWeak = 2;
    private const uint SectionTypeVersionNeed = 0x6ffffffe;

    [Required] public string File { get; set; }

    [Required] public string Version { get; set; }

    public override bool Execute()
    {
        if (SystemHasVersion()) return true;
        try
        {
            var bytes = System.IO.File.ReadAllBytes(File);
            var flagsAt = FindFlags(bytes);
            var flags = BitConverter.ToUInt16(bytes, flagsAt);
            if ((flags & VersionFlagWeak) != 0) return true;
            BitConverter.GetBytes((ushort)(flags | VersionFlagWeak)).CopyTo(bytes, flagsAt);
            Replace(bytes);
            Log.LogMessage(MessageImportance.Normal, "{0}: {1} made a weak requirement", File, Version);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException || e is IOException || e is UnauthorizedAccessException
            || e is ArgumentException || e is IndexOutOfRangeException || e is OverflowException)
        {
            Log.LogError("{0}: cannot relax its need for {1}: {2}", File, Version, e.Message);
            return false;
        }
    }

    // The output's file may be a hard link into the package cache: it is replaced, never written through. The time stamp is
    // kept so that an incremental build does not copy the original again.
    private void Replace(byte[] bytes)
    {
        var stamp = System.IO.File.GetLastWriteTimeUtc(File);
        var aside = File + ".relaxed";
        System.IO.File.WriteAllBytes(aside, bytes);
        System.IO.File.SetLastWriteTimeUtc(aside, stamp);
        System.IO.File.Delete(File);
        System.IO.File.Move(aside, File);
    }

    private bool SystemHasVersion()
    {
        var folders = new[] { "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib", "/lib" };
        var library = folders.Select(f => Path.Combine(f, "libstdc++.so.6")).FirstOrDefault(System.IO.File.Exists);
        if (library == null) return false;
        var text = Encoding.ASCII.GetString(System.IO.File.ReadAllBytes(library));
        return text.Contains(Version + "\0");
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
