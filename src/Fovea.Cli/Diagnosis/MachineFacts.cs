using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Fovea.Torch.Runtime;

namespace Fovea.Cli.Diagnosis;

/// <summary>The program and what it runs on.</summary>
/// <param name="Version">Of the program, with the beginning of the commit where a build knows it.</param>
/// <param name="Runtime">For example ".NET 10.0.1".</param>
/// <param name="System">The operating system's own name and version.</param>
/// <param name="Platform">For example "linux-x64".</param>
internal sealed record ProgramFacts(string Version, string Runtime, string System, string Platform)
{
    private const int CommitDigits = 8;

    internal static ProgramFacts Here() => new(
        ShortVersion(typeof(ProgramFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
        RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, RuntimeInformation.RuntimeIdentifier);

    /// <summary>Without most of the commit, the part behind the plus sign.</summary>
    internal static string ShortVersion(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && version.Length > plus + 1 + CommitDigits
            ? version[..(plus + 1 + CommitDigits)]
            : version;
}

/// <summary>The processor, as far as it decides about speed.</summary>
/// <param name="Name">What it calls itself; empty where it does not say.</param>
/// <param name="CoresSeen">Logical processors that the system lists; null where it does not say.</param>
/// <param name="CoresAllowed">Those that this process may use.</param>
/// <param name="Features">Instruction sets that convolutions and circuits use, and it has.</param>
/// <param name="Absent">Those that it has not.</param>
internal sealed record ProcessorFacts(string Name, int? CoresSeen, int CoresAllowed, IReadOnlyList<string> Features, IReadOnlyList<string> Absent)
{
    internal static ProcessorFacts Here()
    {
        var sets = InstructionSets();
        return new(
            Brand(), Seen(), Environment.ProcessorCount,
            [.. sets.Where(set => set.Has).Select(set => set.Name)],
            [.. sets.Where(set => !set.Has).Select(set => set.Name)]);
    }

    private static (string Name, bool Has)[] InstructionSets()
    {
        if (!X86Base.IsSupported) return AdvSimd.IsSupported ? [("AdvSimd", true), ("dot products", Dp.IsSupported)] : [];
        return
        [
            ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AVX-512F", Avx512F.IsSupported),
            ("AVX512-BF16", Precisions.HasAvx512BFloat16), ("AMX-BF16", Precisions.HasAmxBFloat16),
        ];
    }

    // Intel's manual, volume 2A, CPUID: leaves 0x80000002 to 0x80000004 hold the name, 16 letters each.
    private static string Brand()
    {
        const int first = unchecked((int)0x80000002);
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004) return "";
        var letters = new byte[48];
        for (var leaf = 0; leaf < 3; leaf++)
        {
            var (eax, ebx, ecx, edx) = X86Base.CpuId(first + leaf, 0);
            foreach (var (register, k) in new[] { eax, ebx, ecx, edx }.Select((register, k) => (register, k)))
                BinaryPrimitives.WriteInt32LittleEndian(letters.AsSpan((16 * leaf) + (4 * k)), register);
        }

        return string.Join(' ', Encoding.ASCII.GetString(letters).Split(['\0', ' '], StringSplitOptions.RemoveEmptyEntries));
    }

    private static int? Seen() =>
        LinuxFiles.Lines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)) is > 0 and var count ? count : null;
}

/// <summary>Memory that this process may use, in bytes.</summary>
/// <param name="Total">Of the machine, or of the container where that has less.</param>
/// <param name="Available">What could be taken without anything being swapped out.</param>
internal sealed record MemoryFacts(long Total, long Available)
{
    internal static MemoryFacts Here()
    {
        GC.Collect();
        var known = GC.GetGCMemoryInfo(GCKind.Any);
        var free = LinuxFiles.Lines("/proc/meminfo").FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        var kilobytes = free is null ? null : free.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return new(
            known.TotalAvailableMemoryBytes,
            Math.Min(
                known.TotalAvailableMemoryBytes,
                long.TryParse(kilobytes, CultureInfo.InvariantCulture, out var count)
                    ? count << 10
                    : known.TotalAvailableMemoryBytes - known.MemoryLoadBytes));
    }
}

/// <summary>Files of the Linux kernel.</summary>
internal static class LinuxFiles
{
    /// <summary>Its lines; none where there is no such file.</summary>
    internal static string[] Lines(string path) => OperatingSystem.IsLinux() && File.Exists(path) ? File.ReadAllLines(path) : [];
}
