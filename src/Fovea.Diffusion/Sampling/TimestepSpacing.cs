namespace Fovea.Diffusion.Sampling;

/// <summary>
/// How N sampling timesteps are chosen among T training timesteps. Lin et al., "Common diffusion noise schedules and sample
/// steps are flawed", 2023, table 2.
/// </summary>
public enum TimestepSpacing
{
    /// <summary>round(T − i·T/N) − 1: starts at T−1, where the input really is noise, and ends above 0.</summary>
    Trailing,

    /// <summary>i·⌊T/N⌋ from the largest down: ends at 0 but starts below T−1, where the network expects some signal.</summary>
    Leading,

    /// <summary>N evenly spaced timesteps that include both T−1 and 0; T−1 alone for one step.</summary>
    Linspace,
}
