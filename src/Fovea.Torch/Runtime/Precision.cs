using System.Runtime.Intrinsics.X86;

namespace Fovea.Torch.Runtime;

/// <summary>
/// What the products of convolutions are computed in. Parameters, normalisation, losses, circuits and the optimizer's state are float32 in either.
/// </summary>
public enum Precision
{
    /// <summary>float32.</summary>
    Full,

    /// <summary>Factors in bfloat16 (8 bits of mantissa), sums in float32.</summary>
    Mixed,
}

/// <summary>Precisions by name, and which is the faster one here.</summary>
public static class Precisions
{
    /// <summary>The name that leaves the choice to the machine.</summary>
    public const string Automatic = "auto";

    /// <summary>All names, in settings.</summary>
    public static IReadOnlyList<string> Names { get; } = [Automatic, .. Enum.GetValues<Precision>().Select(Name)];

    /// <summary>Whether the processor multiplies bfloat16 itself (AVX-512 BF16 or AMX); elsewhere mixed precision is slower than float32.</summary>
    public static bool HasFastBFloat16 => HasAvx512BFloat16 || HasAmxBFloat16;

    // Intel's manual, volume 2A, CPUID: leaf 7 of 1, EAX bit 5 is AVX512_BF16; leaf 7 of 0, EDX bit 22 is AMX-BF16.

    /// <summary>Whether the processor multiplies bfloat16 in registers of 512 bits.</summary>
    public static bool HasAvx512BFloat16 => HasLeaf && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;

    /// <summary>Whether it multiplies matrices of bfloat16.</summary>
    public static bool HasAmxBFloat16 => HasLeaf && (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0;

    private static bool HasLeaf => X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7;

    /// <summary>The name in settings.</summary>
    public static string Name(this Precision precision) => precision == Precision.Mixed ? "mixed" : "float32";

    /// <summary>The precision of a name out of <see cref="Names"/>; <see cref="Automatic"/> gives the faster one on this machine.</summary>
    public static Precision Parse(string name) => name switch
    {
        Automatic => HasFastBFloat16 ? Precision.Mixed : Precision.Full,
        "mixed" => Precision.Mixed,
        "float32" => Precision.Full,
        _ => throw new ArgumentException($"'{name}' is not a precision; allowed: {string.Join(", ", Names)}", nameof(name)),
    };
}
