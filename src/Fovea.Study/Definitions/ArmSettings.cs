using Fovea.Core.Errors;

namespace Fovea.Study.Definitions;

/// <summary>What an arm means for the configuration of a run.</summary>
internal static class ArmSettings
{
    private const string Enabled = "quantum.enabled";
    private const string Autoencoder = "quantum.autoencoder";
    private const string Denoiser = "quantum.denoiser";

    /// <summary>The settings of an arm, <c>key=value</c>: what its kinds mean, then its own.</summary>
    /// <exception cref="InputException">The arm's own settings contradict its kinds.</exception>
    public static IEnumerable<string> Of(StudyArm arm)
    {
        RequireConsistent(arm);
        var quantum = arm.Autoencoder != BlockKind.Classical || arm.Denoiser != BlockKind.Classical;
        return [$"{Enabled}={(quantum ? "true" : "false")}", .. Network(Autoencoder, arm.Autoencoder), .. Network(Denoiser, arm.Denoiser), .. arm.Set];
    }

    private static IEnumerable<string> Network(string places, BlockKind kind) => kind switch
    {
        BlockKind.Classical => [$"{places}=[]"],
        BlockKind.Quantum => [$"{places}_layer=circuit"],
        _ => [$"{places}_layer={kind.ToName()}"],
    };

    private static void RequireConsistent(StudyArm arm)
    {
        foreach (var setting in arm.Set)
        {
            var key = setting.Split('=')[0].Trim();
            if (key is Enabled || key.EndsWith("_layer", StringComparison.Ordinal))
                throw new InputException($"arm '{arm.Name}': set {setting} is not allowed; what stands in the circuits' place is said by autoencoder = and denoiser = of the arm");
            var kind = key switch { Autoencoder => arm.Autoencoder, Denoiser => arm.Denoiser, _ => (BlockKind?)null };
            if (kind == BlockKind.Classical)
                throw new InputException($"arm '{arm.Name}': set {setting} is not allowed, the arm's {key.Split('.')[1]} is classical and has no such places");
            if (key is "seed" or "threads" or "size")
                throw new InputException($"arm '{arm.Name}': set {setting} is not allowed; seeds are the study's, threads the command's, and all arms have images of one size");
        }
    }
}
